import { html } from 'hono/html';
import { paths } from '../links.ts';
import { renderPage } from '../parts/layout.ts';
import type { Action } from '../site-app.ts';

/** What a reader may wonder about, in short. */
export const showHelp: Action = (c) =>
  renderPage(c, {
    title: 'Guide',
    canonical: paths.help,
    main: html`<div class="cols narrow"><div class="prose">
<h1>Guide</h1>
<p class="lead">kbalertz reads vendors’ knowledge bases every night, keeps every revision of every article, and tells you the next morning what changed about your technologies.</p>
<h2>What is told, and what is not</h2>
<p>Most edits change nothing that you would act on: a date, a link, the name of a product. Each change is judged by what a reader sees:</p>
<ul><li><span class="kind new">New</span> An article that was not there before.</li>
<li><span class="kind changed">Changed</span> It says something different now: a step, a cause, a version, a workaround.</li>
<li><span class="kind minor">Minor</span> You can see the edit, but it changes nothing that you would do or believe.</li>
<li><span class="kind minor">Invisible</span> Only how the text is written down differs.</li>
<li><span class="kind gone">Retired</span> The vendor took it away. Its last revision stays here.</li></ul>
<p>Unless you choose otherwise, your mail tells what is new and what changed. The same small edit in hundreds of articles is one line, a “bulk edit”.</p>
<h2>Your mail</h2>
<p>At most one a day, at your hour in your time zone, and none when there is nothing to tell. A subscription tells what happens after you made it. You can follow a <a href="${paths.technologies}">technology</a> with everything below it, an article, a whole source, or a saved search.</p>
<h2>To stop it</h2>
<p>Each mail has a link that stops one subscription and one that stops everything; both work without signing in. For a holiday, pause your mail in your account: what changes meanwhile is told when you resume.</p>
<h2>Search</h2>
<p>Press <kbd>/</kbd> and type an error code, a KB number, a message or words. The <a href="${paths.advancedSearch}">advanced search</a> shows everything that can be asked.</p>
<h2>What we keep about you</h2>
<p>Your address, what you follow, and which mails you got. You can download all of it, or delete it at once and for good, in your account.</p>
</div></div>`,
  });
