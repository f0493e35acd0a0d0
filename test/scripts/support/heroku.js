#!/usr/bin/env node
// Stands in for Heroku's command line: writes down how it is called, and answers as documented in heroku/cli, docs/. Its
// apps are in a file: HEROKU_STATE, {"user", "apps": [names], "url"}.
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');

const { HEROKU_STATE } = process.env;
const args = process.argv.slice(2);
appendFileSync(`${HEROKU_STATE}.calls`, `${args.join(' ')}\n`);
const state = JSON.parse(readFileSync(HEROKU_STATE, 'utf8'));
const [command, name] = args;

const fail = (message) => {
  process.stderr.write(
    ` ›   Warning: heroku update available\n ›   Error: ${message}\n ›\n ›   Error ID: an_id\n`,
  );
  process.exit(1);
};
const commands = {
  'auth:whoami': () => (state.user ? console.log(state.user) : fail('not logged in')),
  'apps:info': () => {
    if (!state.apps.includes(name)) fail("Couldn't find that app.");
    console.log(JSON.stringify({ app: { name, web_url: state.url } }));
  },
  'apps:create': () => {
    if (state.taken === name) fail(`Name ${name} is already taken`);
    writeFileSync(HEROKU_STATE, JSON.stringify({ ...state, apps: [...state.apps, name] }));
  },
  'stack:set': () => {},
  'ps:scale': () => {},
  'ps:wait': () => {},
};
(commands[command] ?? (() => fail(`${command} is not a heroku command.`)))();
