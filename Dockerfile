# One bundle, without node_modules. It builds with BuildKit and with the classic builder.
FROM node:26-trixie-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts
COPY tsconfig.json ./
COPY scripts/build.js scripts/unused.js scripts/
COPY app app
# As open as /tmp: Heroku and others run the image as a user of their own choice, without volumes.
RUN npm run --silent build && mkdir -p /empty/mnt/history /empty/lib/keepsake \
 && chmod 1777 /empty/mnt/history /empty/lib/keepsake

# What V8 compiles at a start, kept: a quarter-CPU task starts a quarter sooner. It is a cache: under another version of
# Node.js, or as another user, nothing is found in it and everything is compiled as ever.
FROM gcr.io/distroless/nodejs26-debian13:nonroot AS compiled
USER 65532:65532
COPY --from=build /build/dist /app
COPY scripts/compile-cache.js /
# The same as below: V8 keeps what it compiled apart by its flags.
ENV NODE_COMPILE_CACHE=/tmp/compiled NODE_OPTIONS=--max-semi-space-size=8
RUN ["/nodejs/bin/node", "/compile-cache.js", "/app/main.js"]

FROM gcr.io/distroless/nodejs26-debian13:nonroot
# lib/keepsake-container.ts states the same; test/lib/keepsake-container.test.ts holds the two together.
# The halves of V8's young generation, in MiB, which would grow to 16 each in a burst, and stay (docs/performance.md).
# Without TZ, the first date looks for the machine's time zone, which the base does not have: a tenth of the start.
ENV NODE_ENV=production \
    NODE_OPTIONS=--max-semi-space-size=8 \
    TZ=UTC \
    PORT=8080 \
    HISTORY_DIR=/mnt/history \
    GENERATED_DIR=/var/lib/keepsake \
    DRAIN_SECONDS=10
# Fargate mounts an empty volume as root, 0755, unless the image has a volume there that belongs to the user
# ("Use bind mounts with Amazon ECS"). The base has no shell to make directories with.
COPY --from=build --chown=65532:65532 /empty/mnt /mnt
COPY --from=build --chown=65532:65532 /empty/lib /var/lib
WORKDIR /app
COPY --from=build /build/dist .
COPY --from=compiled /tmp/compiled .compiled
ENV NODE_COMPILE_CACHE=/app/.compiled
VOLUME ["/mnt/history", "/var/lib/keepsake"]
USER 65532:65532
EXPOSE 8080
# For `docker ps` and Compose; ECS does not look at it (API_HealthCheck). Seldom, because each check takes 60 ms of a core.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["/nodejs/bin/node", "--eval", \
  "require('node:http').get({ port: process.env.PORT, path: '/healthz' }, ({ statusCode }) => process.exit(Number(statusCode !== 200)))"]
CMD ["main.js"]
