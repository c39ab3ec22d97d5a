import { expect, test } from 'vitest';
import { asId, type Instant } from '../../knowledge/ids.ts';
import { createDomainGate } from './domain-gate.ts';

function start(limits = { concurrency: 2, perMinute: 600 }) {
  let now = 1_000_000;
  const slept: number[] = [];
  const gate = createDomainGate({
    clock: { now: () => asId<Instant>(now) },
    limits,
    sleep: async (durationMs) => {
      slept.push(durationMs);
    },
  });
  const attempt = async (address: string, outcome: 'accepted' | 'deferred' | 'failed' | 'unreachable') =>
    (await gate.enter(address)).leave(outcome);
  return {
    gate,
    slept,
    attempt,
    pass: (durationMs: number) => {
      now += durationMs;
    },
  };
}

test('lets so many attempts into a domain at a time, and others past', async () => {
  const { gate } = start();
  const first = await gate.enter('a@slow.example');
  await gate.enter('b@slow.example');
  let isIn = false;
  const third = gate.enter('c@slow.example').then(() => {
    isIn = true;
  });
  await gate.enter('d@fast.example');
  expect(isIn).toBe(false);
  first.leave('accepted');
  await third;
});

test('spreads attempts over the minute', async () => {
  const { attempt, slept, gate, pass } = start({ concurrency: 1, perMinute: 60 });
  for (let n = 0; n < 6; n++) await attempt('a@big.example', 'accepted');
  expect(slept).toEqual([]);
  expect(gate.listClosed().domains).toEqual(['big.example']);
  await attempt('a@big.example', 'accepted');
  expect(slept).toEqual([1000]);
  pass(2000);
  expect(gate.listClosed().domains).toEqual([]);
});

test('leaves a domain alone that puts off, longer each time, until it accepts', async () => {
  const { attempt, gate, pass } = start();
  const isClosed = () => gate.listClosed().domains.includes('busy.example');
  for (let n = 0; n < 2; n++) await attempt('a@busy.example', 'deferred');
  expect(isClosed()).toBe(false);
  await attempt('a@busy.example', 'deferred');
  expect(isClosed()).toBe(true);
  pass(60_000);
  expect(isClosed()).toBe(false);
  await attempt('a@busy.example', 'deferred');
  pass(60_000);
  expect(isClosed()).toBe(true);
  pass(60_000);
  await attempt('a@busy.example', 'accepted');
  await attempt('a@busy.example', 'deferred');
  expect(isClosed()).toBe(false);
});

test('stops at all domains when the mail server is away, once for all that was under way', async () => {
  const { attempt, gate, pass } = start();
  for (let n = 0; n < 10; n++) await attempt(`a@${n}.example`, 'unreachable');
  expect(gate.listClosed().all).toBe(true);
  pass(5000);
  expect(gate.listClosed().all).toBe(false);
  await attempt('a@1.example', 'unreachable');
  pass(5000);
  expect(gate.listClosed().all).toBe(true);
  pass(5000);
  await attempt('a@1.example', 'accepted');
  expect(gate.listClosed()).toEqual({ all: false, domains: [] });
});
