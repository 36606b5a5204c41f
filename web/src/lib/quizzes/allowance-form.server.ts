import { text } from '$lib/api/api.server';

/** What was typed into the form of an allowance, to show again and as the API takes it. */
export function readAllowance(form: FormData) {
  const values = {
    extraMinutes: text(form, 'extraMinutes'),
    extraAttempts: text(form, 'extraAttempts'),
    closesLocal: text(form, 'closesLocal'),
    reason: text(form, 'reason'),
  };
  const input = {
    extraMinutes: whole(values.extraMinutes),
    extraAttempts: whole(values.extraAttempts),
    closesLocal: values.closesLocal || null,
    closesTimeZone: text(form, 'timeZone'),
    reason: values.reason,
    idempotencyKey: text(form, 'idempotencyKey'),
  };
  return { values, input };
}

/** What was typed; for what is no whole number, one that is out of every range, which the API then refuses. */
const whole = (typed: string): number => (typed === '' ? 0 : /^\d{1,6}$/.test(typed) ? Number(typed) : -1);
