// Opens the pages of a report in Chromium and prints, as JSON, what a reader would meet there.
// usage: node check.cjs MODULES CHROMIUM FOLDER PAGE...
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const [modules, executablePath, folder, ...pages] = process.argv.slice(2);
const { chromium } = require(path.resolve(modules, 'playwright-core'));
const axe = path.resolve(modules, 'axe-core', 'axe.min.js');

// The width of a page of A4 between its margins, at 96 pixels to the inch.
const A4 = { width: 718, height: 1000 };

async function look(browser, name, looks) {
  const page = await browser.newPage({ viewport: { width: 1180, height: 900 }, ...looks.page });
  const console = [];
  const requests = [];
  page.on('console', message => console.push(message.text()));
  page.on('pageerror', error => console.push(String(error)));
  page.on('request', request => requests.push(request.url()));
  const url = pathToFileURL(path.resolve(folder, name)).href;
  await page.goto(url);
  await page.emulateMedia({ media: looks.media });
  await page.screenshot({ path: path.resolve(folder, `${name}-${looks.name}.png`) });
  const tables = await page.$$eval('table', all =>
    all.filter(table => table.checkVisibility()).map(table =>
      [...table.tBodies[0].rows].map(row =>
        [...row.cells].map(cell => cell.firstChild ? cell.firstChild.textContent : ''))));
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(() => axe.run());
  await page.close();
  return {
    page: name,
    looks: looks.name,
    console,
    requests: requests.filter(request => request !== url && !request.startsWith('data:')),
    tables,
    wide,
    ground,
    violations: found.violations.map(v => `${v.id}: ${v.nodes[0].html}`),
  };
}

(async () => {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const seen = [];
  for (const name of pages) {
    for (const looks of [
      { name: 'light', media: 'screen', page: { colorScheme: 'light' } },
      { name: 'dark', media: 'screen', page: { colorScheme: 'dark' } },
      { name: 'print', media: 'print', page: { colorScheme: 'dark', viewport: A4 } },
    ]) {
      seen.push(await look(browser, name, looks));
    }
  }
  await browser.close();
  process.stdout.write(JSON.stringify(seen));
})();
