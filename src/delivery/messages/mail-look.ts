import { type Markup, markup } from './markup.ts';

const sans = '-apple-system,Segoe UI,Arial,sans-serif';

/** Inline styles: many mail programs read nothing else. The classes are for the dark colours below. */
export const look = {
  text: `font:16px/1.55 ${sans};color:#1d1b17`,
  muted: `font:13px/1.6 ${sans};color:#68635a`,
  lead: `font:15px/1.5 ${sans};color:#68635a;padding-bottom:20px`,
  mark: 'font:600 18px/1.3 Georgia,serif;color:#1d1b17;padding-bottom:4px',
  group: `font:600 13px/1.4 ${sans};color:#1d1b17;border-top:2px solid #1d1b17;padding:8px 0 12px`,
  title: 'font:600 19px/1.3 Georgia,serif;color:#1d1b17;text-decoration:none',
  link: 'color:#1b4f8f',
  before: 'background:#fbe3dc;color:#1d1b17;padding:8px 12px;white-space:pre-line',
  after: 'background:#dff3e4;color:#1d1b17;padding:8px 12px;white-space:pre-line',
  button: `display:inline-block;font:600 16px/1 ${sans};padding:14px 20px;border-radius:8px;background:#1d1b17;color:#fbfaf6;text-decoration:none`,
} as const;

const darkColours = [
  'body,.bg{background:#161512!important}',
  '.ink{color:#ece7dc!important}',
  '.mute{color:#a39c8e!important}',
  '.rule{border-color:#35312a!important}',
  '.link{color:#8fbcf2!important}',
  '.new{color:#6fcfb6!important}',
  '.changed{color:#e3b165!important}',
  '.was{background:#47221a!important;color:#ece7dc!important}',
  '.now{background:#173a26!important;color:#ece7dc!important}',
  '.button{background:#ece7dc!important;color:#161512!important}',
].join('');

/**
 * The frame of every mail: one column that needs no image, in light and dark. `preheader` is what mail programs show
 * beside the subject. `rows` are rows of the column's table.
 */
export function mailFrame(request: { title: string; preheader: string; rows: readonly Markup[] }): string {
  const { title, preheader, rows } = request;
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${title}</title>
<style>@media (prefers-color-scheme:dark){${{ html: darkColours }}}</style></head>
<body class="bg" style="margin:0;background:#fbfaf6">
<div style="display:none;max-height:0;overflow:hidden">${preheader}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="bg" style="background:#fbfaf6"><tr><td align="center" style="padding:24px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;text-align:left">
<tr><td class="ink" style="${look.mark}">kbalertz</td></tr>
${rows}</table></td></tr></table></body></html>
`.html;
}
