import { z } from 'zod';

/** What Amazon's mail service says of one recipient, in the JSON that its notification service mails. */
export type AmazonFailure = {
  readonly address: string;
  readonly status: string;
  readonly diagnostic: string;
  readonly isComplaint: boolean;
};

const recipient = z.object({
  emailAddress: z.string(),
  status: z.string().default(''),
  diagnosticCode: z.string().default(''),
});
const notification = z.object({
  notificationType: z.string(),
  bounce: z
    .object({ bounceType: z.string().default(''), bouncedRecipients: z.array(recipient).default([]) })
    .optional(),
  complaint: z.object({ complainedRecipients: z.array(recipient).default([]) }).optional(),
});
const envelope = z.object({ Message: z.string() });

/** Reads a notification of a bounce or a complaint, bare or wrapped in its envelope; empty for any other text. */
export function readAmazonNotification(text: string): AmazonFailure[] {
  if (!text.includes('notificationType')) return [];
  const outer = parseFirstObject(text);
  const wrapped = envelope.safeParse(outer);
  const parsed = notification.safeParse(wrapped.success ? parseFirstObject(wrapped.data.Message) : outer);
  if (!parsed.success) return [];
  const { bounce, complaint } = parsed.data;
  const failures = (bounce?.bouncedRecipients ?? []).map((each) => ({ each, isComplaint: false }));
  const complaints = (complaint?.complainedRecipients ?? []).map((each) => ({ each, isComplaint: true }));
  return [...failures, ...complaints].map(({ each, isComplaint }) => ({
    address: each.emailAddress,
    status: each.status,
    diagnostic: each.diagnosticCode,
    isComplaint,
  }));
}

/** The JSON object that a text begins with, footers and line ends within it ignored. */
function parseFirstObject(text: string): unknown {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start < 0 || end < start) return null;
  try {
    return JSON.parse(text.slice(start, end + 1).replace(/\n/g, ''));
  } catch {
    return null; // no JSON: the mail is read as any other
  }
}
