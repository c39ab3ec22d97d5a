import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Action } from '../site-app.ts';

const text = readFileSync(join(import.meta.dirname, '../assets/push-worker.js'), 'utf8');

/** The script that shows push messages: at the root, since it may only serve what is below its own address. */
export const answerPushWorker: Action = (c) =>
  c.body(text, 200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' });
