import { ALPHABETS } from '../../../app/text/random-string';
import { startApi } from '../../support/api';

describe('GET /random-string', () => {
  const api = startApi();

  it('answers 16 alphanumeric characters to who wants nothing else', async () => {
    const { json } = await api.ask('/random-string');
    expect(json).toEqual({
      value: expect.stringMatching(/^[A-Za-z0-9]{16}$/),
      length: 16,
      alphabet: 'alphanumeric',
    });
  });

  it.each(Object.keys(ALPHABETS))('draws from the alphabet %s', async (alphabet) => {
    const { json } = await api.ask(`/random-string?length=1024&alphabet=${alphabet}`);
    expect(json).toMatchObject({ length: 1024, alphabet });
    // Each of 62 characters is missing from 1,024 once in ten million answers.
    expect(new Set(json.value)).toEqual(new Set(ALPHABETS[alphabet as keyof typeof ALPHABETS]));
  });

  it('answers another one each time, and tells caches so', async () => {
    const [one, other] = [await api.ask('/random-string'), await api.ask('/random-string')];
    expect(one.json.value).not.toBe(other.json.value);
    expect(one.headers['cache-control']).toBe('no-store');
  });

  it('names the alphabets when it is asked for another', async () => {
    const { json } = await api.ask('/random-string?alphabet=emoji');
    expect(json.detail).toBe(`Query parameter alphabet must be one of ${Object.keys(ALPHABETS).join(', ')}.`);
  });
});
