import { once } from 'node:events';
import { createServer, IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { answerUnderWay, messageClasses } from '../../../app/http/message-classes';

describe('The classes of requests and responses', () => {
  const app = express();
  app.get('/', (request, response) => void response.send(`${request.path} ${request.app === app}`));
  const classes = messageClasses(app);
  const setPrototypes: boolean[] = [];
  const handle: RequestListener = (request, response) => {
    for (const message of [request, response]) {
      const before = Object.getPrototypeOf(message);
      response.once('finish', () => setPrototypes.push(Object.getPrototypeOf(message) !== before));
    }
    app(request, response);
  };
  const server = createServer(classes, handle);
  beforeAll(async () => {
    server.listen(0);
    await once(server, 'listening');
  });
  afterAll(() => void server.close());

  // When this fails, a new version of Node.js or Express sets prototypes in another way, and each request costs five times as much.
  it('have the prototypes that Express sets, before it sets them', async () => {
    const answer = await fetch(`http://localhost:${(server.address() as AddressInfo).port}/`);
    expect(await answer.text()).toBe('/ true');
    expect(setPrototypes).toEqual([false, false]);
    expect(classes.IncomingMessage.prototype).toBe(app.request);
    expect(classes.ServerResponse.prototype).toBe(app.response);
  });

  it('tell the answer that a connection is busy with, and refer to none that is out', async () => {
    const busyWith: boolean[] = [];
    server.once('request', ({ socket }, response) => {
      busyWith.push(answerUnderWay(socket) === response);
      response.once('finish', () => busyWith.push(answerUnderWay(socket) !== undefined));
    });
    await (await fetch(`http://localhost:${(server.address() as AddressInfo).port}/`)).text();
    expect(busyWith).toEqual([true, false]);
  });

  it("are Node.js's own as well", () => {
    expect(app.request).toBeInstanceOf(IncomingMessage);
    expect(app.response).toBeInstanceOf(ServerResponse);
  });

  it('leave another app as it is', () => {
    expect(express().request).not.toBe(app.request);
  });
});
