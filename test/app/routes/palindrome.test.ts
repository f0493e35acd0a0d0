import { startApi } from '../../support/api';

describe('/palindrome', () => {
  const api = startApi();
  const post = (body: object) =>
    api.ask('/palindrome', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const get = (parameters: Record<string, string>) =>
    api.ask(`/palindrome?${new URLSearchParams(parameters)}`);

  it('answers what was asked, what was compared, and whether it is one', async () => {
    const text = 'Été';
    const answer = { text, palindrome: true, normalized: 'été' };
    expect((await get({ text })).json).toEqual(answer);
    expect((await post({ text })).json).toEqual(answer);
  });

  it('reads a plus as a space', async () => {
    expect((await api.ask('/palindrome?text=a+b')).json.text).toBe('a b');
    expect((await api.ask('/palindrome?text=a%2Bb')).json.text).toBe('a+b');
  });

  it('leaves nothing out when it is to be strict', async () => {
    const text = 'No lemon, no melon';
    expect((await get({ text })).json.palindrome).toBe(true);
    expect((await get({ text, strict: 'true' })).json.palindrome).toBe(false);
    expect((await post({ text, strict: true })).json.palindrome).toBe(false);
    expect((await post({ text, strict: false })).json.palindrome).toBe(true);
  });

  it('takes 10,000 characters, each of two code units', async () => {
    expect((await post({ text: '𝔸'.repeat(10_000) })).json.palindrome).toBe(true);
  });

  it('refuses a text with nothing to compare, unless it is to be strict', async () => {
    expect((await get({ text: '?!?' })).status).toBe(400);
    expect((await get({ text: '?!?', strict: 'true' })).json.palindrome).toBe(true);
  });

  it('answers HTML as the text that it is', async () => {
    const { headers, json } = await get({ text: '<b>b<b>' });
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(json.text).toBe('<b>b<b>');
  });
});
