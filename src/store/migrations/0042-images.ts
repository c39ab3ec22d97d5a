import type { Migration } from '../migrate.ts';

/** Our own copies of the images that articles show. */
export const images: Migration = {
  name: '0042-images',
  statements: [
    `create table image_contents (content_hash text not null primary key, type text not null,
      width {int} not null, height {int} not null, content {bytes} not null)`,
    `create table images (
      source_id {int} not null references sources (id) on delete cascade,
      kind text not null check (kind in ('file', 'web')), address text not null,
      content_hash text references image_contents (content_hash),
      attempts {int} not null, next_attempt_at {int}, problem text,
      primary key (source_id, kind, address)) {clustered}`,
    `create index images_wanted on images (next_attempt_at) where next_attempt_at is not null`,
    `create index images_by_content on images (content_hash) where content_hash is not null`,
    `create table article_images (
      article_id {int} not null references articles (id) on delete cascade, src text not null,
      kind text not null, address text not null, primary key (article_id, src)) {clustered}`,
    `create table image_readings (
      article_id {int} not null primary key references articles (id) on delete cascade, revision {int} not null)`,
  ],
};
