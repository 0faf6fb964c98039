// Opens a report in a headless Chromium and says, as JSON, what a reader would meet there.
// report.mjs <chromium> <report.html> <word to search for> [folder for screenshots]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [chromium, file, word, shots] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), 'jada-chromium-'));
const browser = spawn(chromium, ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run', '--remote-debugging-pipe', `--user-data-dir=${profile}`], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });

// The DevTools protocol over the pipe: messages in JSON, each ended by a zero byte.
const waiting = new Map(), listeners = [];
let last = 0, unread = '';
browser.stdio[4].setEncoding('utf8').on('data', text => {
  const messages = (unread + text).split('\0');
  unread = messages.pop();
  for (const message of messages.map(each => JSON.parse(each))) {
    if (message.id === undefined) listeners.forEach(listen => listen(message));
    else {
      const { resolve, reject } = waiting.get(message.id);
      message.error ? reject(new Error(message.error.message)) : resolve(message.result);
    }
  }
});
const send = (method, params = {}, sessionId) => new Promise((resolve, reject) => {
  waiting.set(++last, { resolve, reject });
  browser.stdio[3].write(JSON.stringify({ id: last, method, params, sessionId }) + '\0');
});

const found = { complaints: [], requests: [] };
try {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const page = (method, params) => send(method, params, sessionId);
  const value = async expression => (await page('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })).result.value;
  const size = (width, height) => page('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 500 });
  const media = (scheme, medium = '') => page('Emulation.setEmulatedMedia', { media: medium, features: [{ name: 'prefers-color-scheme', value: scheme }] });
  const shoot = async (name, whole = true) => {
    if (!shots) return;
    const { cssContentSize } = await page('Page.getLayoutMetrics');
    const clip = whole ? { x: 0, y: 0, width: cssContentSize.width, height: Math.min(cssContentSize.height, 16000), scale: 1 } : undefined;
    writeFileSync(join(shots, `${name}.png`), Buffer.from((await page('Page.captureScreenshot', { captureBeyondViewport: whole, clip })).data, 'base64'));
  };
  const isSeen = 'element => !element.hidden && !element.closest("[hidden]")';
  const rows = () => value(`[...document.querySelectorAll('.row')].filter(${isSeen}).length`);

  listeners.push(({ method, params }) => {
    if (method === 'Runtime.exceptionThrown') found.complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    if (method === 'Runtime.consoleAPICalled') found.complaints.push(params.args.map(each => each.value).join(' '));
    if (method === 'Log.entryAdded') found.complaints.push(params.entry.text);
    if (method === 'Network.requestWillBeSent') found.requests.push(params.request.url);
  });
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await page(`${domain}.enable`);
  const loaded = new Promise(resolve => listeners.push(({ method }) => method === 'Page.loadEventFired' && resolve()));
  await size(1280, 900);
  await media('light');
  await page('Page.navigate', { url: pathToFileURL(file).href });
  await loaded;

  found.title = await value('document.title');
  found.light = await value('getComputedStyle(document.body).backgroundColor');
  await shoot('wide-light');
  await media('dark');
  found.dark = await value('getComputedStyle(document.body).backgroundColor');
  await shoot('wide-dark');
  await media('light', 'print');
  await shoot('print');
  await media('light');

  found.rows = await rows();
  await value(`(search => { search.value = ${JSON.stringify(word)}; search.dispatchEvent(new Event('input')) })(document.getElementById('search'))`);
  found.narrowed = await rows();
  found.kept = await value(`[...document.querySelectorAll('.row')].filter(${isSeen}).every(row => row.textContent.toLowerCase().includes(${JSON.stringify(word.toLowerCase())}))`);
  found.said = await value('document.getElementById("found").textContent');
  await shoot('searched');
  await value(`(search => { search.value = ''; search.dispatchEvent(new Event('input')) })(document.getElementById('search'))`);
  found.again = await rows();

  const sizes = `[...document.querySelectorAll('.resources tbody tr')].map(row => Number(row.cells[5].dataset.v))`;
  await value(`document.querySelectorAll('.resources thead button')[5].click()`);
  found.sorted = await value(`(sizes => sizes.every((size, i) => i === 0 || sizes[i - 1] <= size))(${sizes})`);

  await size(360, 740);
  await value(`document.querySelectorAll('details').forEach(fold => fold.open = true)`);
  found.width = await value('document.scrollingElement.scrollWidth');
  found.hanging = await value(`[...document.querySelectorAll('main *')].filter(each => each.getBoundingClientRect().right > 361).map(each => each.outerHTML.slice(0, 120)).slice(0, 5)`);
  await value(`document.querySelectorAll('details').forEach(fold => fold.open = false)`);
  await shoot('phone');
  await media('dark');
  await shoot('phone-top-dark', false);
  console.log(JSON.stringify(found));
} finally {
  const gone = new Promise(resolve => browser.on('exit', resolve));
  browser.kill();
  await gone;
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
