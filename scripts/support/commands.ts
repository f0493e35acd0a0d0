/** What the commands of package.json are for, by what a person wants to do. `npm run help` and each `--help` show it. */
export const commands = {
  'Run it on this machine': {
    start: 'build and run one container’s program, without Docker',
    up: 'build the image and run replicas of it behind a load balancer, with Docker',
    down: 'remove what up started; the history is kept',
  },
  'Deploy it': {
    deploy: 'deploy a stage to AWS',
    diff: 'show what a deployment would change',
    destroy: 'remove a stage from AWS',
    'deploy:ci': 'deploy the roles that GitHub Actions deploys with',
    heroku: 'deploy what is committed to Heroku',
  },
  'Look at it': {
    status: 'show how a deployed stage is: version, tasks, deployment, alarms, cost',
    smoke: 'ask a running deployment whether it works',
    cost: 'show what a stage costs in a month without requests',
  },
  'Prove it': {
    rehearse: 'rehearse a deployment on this machine, with failures',
    bench: 'measure what it promises to be fast at',
    'test:containers': 'test the image and what up and down do; needs Docker',
    'test:browser': 'test the web page in Chromium',
    'test:storage': 'test the history on storage that fails; needs bindfs',
    'test:nfs': 'test the history on NFS, in a virtual machine',
    'check:readme': 'do what the README says',
    check: 'lint templates, workflows, documents, the page and the OpenAPI document',
  },
  'Develop it': {
    test: 'run the tests that need Node.js alone',
    typecheck: 'check the types',
    lint: 'check style and likely mistakes',
    format: 'format the code',
    build: 'bundle app/ into dist/',
    help: 'show this list',
  },
} as const;

type Group = (typeof commands)[keyof typeof commands];
export type CommandName = Group extends infer G ? (G extends unknown ? keyof G : never) : never;

const summaries: Record<string, string> = Object.assign({}, ...Object.values(commands));

export const summaryOf = (name: CommandName): string => summaries[name] as string;
