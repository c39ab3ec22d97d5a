import type { HtmlEscapedString } from 'hono/utils/html';

/** HTML whose values were escaped; what the `html` tag gives. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;
