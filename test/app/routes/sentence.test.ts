import { startApi } from '../../support/api';

describe('/sentence', () => {
  const api = startApi();
  const ask = (word: string) => api.ask(`/sentence?word=${encodeURIComponent(word)}`);

  it('answers both tools in one', async () => {
    const { json } = await ask('level');
    expect(json).toEqual({
      word: 'level',
      number: expect.any(Number),
      palindrome: true,
      sentence: `May I have ${json.number} of “level”, please? “level” is a palindrome.`,
    });
  });

  it('takes the word in a body too', async () => {
    const { json } = await api.ask('/sentence', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"word":"word"}',
    });
    expect(json).toMatchObject({ word: 'word', palindrome: false });
  });

  it.each(['x', 'Straße', '日本', 'हिन्दी', '𝔸', '42', 'e\u0301', 'é'.repeat(100), 'e\u0301'.repeat(100)])(
    'takes %s',
    async (word) => {
      expect((await ask(word)).json.word).toBe(word);
    },
  );

  it.each(['', 'two words', 'semi-final', 'a\n', '👍', '\u0301', 'é'.repeat(101)])(
    'refuses %j',
    async (word) => {
      const { status, json } = await ask(word);
      expect({ status, detail: json.detail }).toEqual({
        status: 400,
        detail: 'Query parameter word must be 1 to 100 letters or digits.',
      });
    },
  );
});
