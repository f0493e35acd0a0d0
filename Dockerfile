# One bundle, without node_modules. It builds with BuildKit and with the classic builder.
FROM node:26-trixie-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts
COPY tsconfig.json ./
COPY scripts/build.js scripts/no-charsets.js scripts/
COPY app app
RUN npm run --silent build && mkdir -p /empty/history /empty/keepsake

FROM gcr.io/distroless/nodejs26-debian13:nonroot
# lib/keepsake-container.ts states the same; test/lib/keepsake-container.test.ts holds the two together.
ENV NODE_ENV=production \
    PORT=8080 \
    HISTORY_DIR=/mnt/history \
    GENERATED_DIR=/var/lib/keepsake \
    DRAIN_SECONDS=10
# Fargate mounts an empty volume as root, 0755, unless the image has a volume there that belongs to the user
# ("Use bind mounts with Amazon ECS"). The base has no shell to make directories with.
COPY --from=build --chown=65532:65532 /empty/history /mnt/history
COPY --from=build --chown=65532:65532 /empty/keepsake /var/lib/keepsake
VOLUME ["/mnt/history", "/var/lib/keepsake"]
COPY --from=build /build/dist /app
WORKDIR /app
USER 65532:65532
EXPOSE 8080
CMD ["main.js"]
