import { newRecordName, recordId } from '../../../app/history/record-name';
import { startApi } from '../../support/api';
import { nameAt, putManyRecords, putRecord } from '../../support/records';

const TEXT = { headers: { Accept: 'text/plain' } };

describe('GET /files before any other container', () => {
  const api = startApi();

  it('answers an empty list', async () => {
    expect((await api.ask('/files')).json).toEqual({ files: [], total: 0, next: null });
  });

  it('answers an empty text', async () => {
    expect((await api.ask('/files', TEXT)).text).toBe('');
  });
});

describe('A burst of requests', () => {
  const api = startApi();
  const CROWD = 200;
  const [hit, ...others] = Array.from({ length: CROWD + 1 }, (_, n) => nameAt(Date.parse('2026-11-20') + n));
  beforeAll(async () => {
    for (const name of [hit, ...others]) putRecord(api.directory, name as string, 1);
    putManyRecords(api.directory, Date.parse('2026-11-20'), 700);
    await api.ask('/files');
  });

  it.each([
    ['the same page', () => '/files', {}],
    ['a page each', (n: number) => `/files?after=${recordId(others[n] as string)}`, {}],
    ['all names', () => '/files', TEXT],
    ['the same file', () => `/files/${hit}`, {}],
    ['a file each', (n: number) => `/files/${others[n]}`, {}],
    ['the same page, after one for many others,', () => '/files?limit=1000', {}, 50],
  ])('for %s is answered', async (_what, path, question, others = 0) => {
    const paths = [
      ...Array.from({ length: others }, (_, n) => `/files?limit=${900 + n}`),
      ...Array.from({ length: CROWD }, (_, n) => path(n)),
    ];
    const answers = await Promise.all(paths.map((each) => api.ask(each, question)));
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  });
});

describe('GET /files', () => {
  const api = startApi();
  /** Newest first. */
  const names = Array.from({ length: 5 }, (_, hours) => nameAt(Date.now() - (hours + 1) * 3_600_000));
  beforeAll(async () => {
    for (const name of names) await api.publish(name, `the text of ${name}`);
  });

  it('lists the files of the others, newest first, and never its own', async () => {
    expect((await api.ask('/files')).json).toEqual({ files: names, total: 5, next: null });
  });

  it('links to the next page, in the body and in the headers', async () => {
    const { json, headers } = await api.ask('/files?limit=2');
    const next = `/files?limit=2&after=${recordId(names[1] as string)}`;
    expect(json).toEqual({ files: names.slice(0, 2), total: 5, next });
    expect(headers.link).toBe(`<${next}>; rel="next"`);
  });

  it('comes to every file by following the links', async () => {
    const walked: string[] = [];
    for (let next: string | null = '/files?limit=2'; next; ) {
      const { json } = await api.ask(next);
      walked.push(...json.files);
      next = json.next;
    }
    expect(walked).toEqual(names);
  });

  it('links nowhere from the last page', async () => {
    const { json, headers } = await api.ask('/files?limit=5');
    expect(json.next).toBeNull();
    expect(headers).not.toHaveProperty('link');
  });

  it('begins behind a cursor, also when its file is gone', async () => {
    const gone = recordId(nameAt(Date.now() - 1.5 * 3_600_000));
    expect((await api.ask(`/files?after=${gone}`)).json.files).toEqual(names.slice(1));
  });

  it('answers the page of newer names before a cursor, which links on to the older ones', async () => {
    const oldest = recordId(names[4] as string);
    const { json } = await api.ask(`/files?limit=2&before=${oldest}`);
    const next = `/files?limit=2&after=${recordId(names[3] as string)}`;
    expect(json).toEqual({ files: names.slice(2, 4), total: 5, next });
    expect((await api.ask(next)).json.files).toEqual(names.slice(4));
  });

  it('takes the time of any UUIDv7 as a cursor: the lowest has the oldest page before it', async () => {
    const { json } = await api.ask('/files?limit=2&before=00000000-0000-7000-8000-000000000000');
    expect(json).toEqual({ files: names.slice(3), total: 5, next: null });
  });

  it('refuses two cursors', async () => {
    const cursor = recordId(names[2] as string);
    const { status, json } = await api.ask(`/files?after=${cursor}&before=${cursor}`);
    expect({ status, detail: json.detail }).toEqual({
      status: 400,
      detail: 'Query parameter before must not be given with after.',
    });
  });

  it('lists all names as text, one a line, whatever the limit', async () => {
    const { text, headers } = await api.ask('/files?limit=2', TEXT);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(text).toBe(names.map((name) => `${name}\n`).join(''));
  });

  it('ignores parameters that it does not know', async () => {
    expect((await api.ask('/files?page=2&limit[]=1')).json.files).toEqual(names);
  });

  it('lists a new file within 2 s', async () => {
    const name = await api.publish();
    const since = Date.now();
    let files: string[] = [];
    while (!files.includes(name) && Date.now() - since < 2000) files = (await api.ask('/files')).json.files;
    expect(files[0]).toBe(name);
  });
});

describe('GET /files/{name}', () => {
  const api = startApi();
  const [name, empty, hostile] = [newRecordName(), newRecordName(), newRecordName()];
  beforeAll(async () => {
    await api.publish(name, 'Grüße\n');
    await api.publish(empty, '');
    await api.publish(hostile, '<script>alert("Grüße")</script> & {title}');
  });

  it('answers the text of that file', async () => {
    const { text, headers } = await api.ask(`/files/${name}`);
    expect(text).toBe('Grüße\n');
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  });

  it("answers this container's own file too", async () => {
    expect((await api.ask(`/files/${api.own}`)).text).toBe(`${api.own}\n`);
  });

  it.each([
    ['text/plain, text/html;q=0.5', 'text/plain'],
    ['text/html;q=0.1, text/plain', 'text/plain'],
    ['text/*', 'text/plain'],
    ['application/json', 'text/plain'],
    ['text/plain;q=0.5, text/html', 'text/html'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html'],
  ])('answers a client that accepts %s with %s', async (accept, type) => {
    const { headers } = await api.ask(`/files/${name}`, { headers: { Accept: accept } });
    expect(headers['content-type']).toBe(`${type}; charset=utf-8`);
  });

  it('answers a browser with a page, on which the text is only text', async () => {
    const { text, headers } = await api.ask(`/files/${hostile}`, { headers: { Accept: 'text/html' } });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toContain('<p>&#60;script&#62;alert(&#34;Grüße&#34;)&#60;/script&#62; &#38; {title}</p>');
    expect(text).toContain(`<h1>${hostile}</h1>`);
    expect(text).toContain('href="/"');
  });

  it('answers a file of no text', async () => {
    expect(await api.ask(`/files/${empty}`)).toMatchObject({ status: 200, text: '' });
  });

  it('answers 404 for a file that there is not', async () => {
    const name = newRecordName();
    const { status, json } = await api.ask(`/files/${name}`);
    expect({ status, detail: json.detail }).toEqual({
      status: 404,
      detail: `The history has no file ${name}.`,
    });
  });

  it('answers 400 for what is not a name', async () => {
    expect((await api.ask('/files/passwd')).status).toBe(400);
  });
});
