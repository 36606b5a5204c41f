import type { Tx } from '../../platform/database/database.js';
import type { Locale } from '../../platform/locale.js';
import type { EnrollmentState } from '../enrollment/enrollment.entity.js';
import { Reminder } from './reminder.entity.js';

export interface IdleLearner {
  enrollmentId: string;
  personId: string;
  timeZone: string;
  lastActivityAt: Date;
}

/** Learners whose idle spell has no reminder yet, longest idle first. */
export async function findIdleLearners(
  tx: Tx,
  window: { after: Date; upTo: Date },
  limit: number,
): Promise<IdleLearner[]> {
  return tx.query(
    `SELECT enrollment.id AS "enrollmentId", enrollment.person_id AS "personId", person.time_zone AS "timeZone",
            enrollment.last_activity_at AS "lastActivityAt"
       FROM enrollment JOIN person ON person.id = enrollment.person_id
      WHERE enrollment.state = 'ACTIVE' AND enrollment.last_activity_at > $1 AND enrollment.last_activity_at <= $2
        AND NOT EXISTS (SELECT 1 FROM reminder
                         WHERE reminder.enrollment_id = enrollment.id
                           AND reminder.idle_since = enrollment.last_activity_at)
      ORDER BY enrollment.last_activity_at, enrollment.id LIMIT $3`,
    [window.after, window.upTo, limit],
  );
}

/** Adds planned reminders; those that the ledger has already are left as they are. */
export async function insertReminders(tx: Tx, reminders: Reminder[]): Promise<void> {
  await tx.createQueryBuilder().insert().into(Reminder).values(reminders).orIgnore().execute();
}

/** Takes planned reminders whose time has come. Two rounds at once take different ones. */
export async function takeDueReminders(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const [rows] = await tx.query<[{ id: string }[], number]>(
    `UPDATE reminder SET state = 'DUE' WHERE id IN (
       SELECT id FROM reminder WHERE state = 'PLANNED' AND planned_for <= $1
        ORDER BY planned_for LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING id`,
    [now, limit],
  );
  return rows.map((row) => row.id);
}

/** A reminder as it stands when its job runs, with what the decision and the mail need. */
export interface ReminderToSend {
  id: string;
  state: Reminder['state'];
  idleSince: Date;
  email: string;
  locale: Locale;
  timeZone: string;
  enrollmentState: EnrollmentState;
  lastActivityAt: Date;
  enrollmentId: string;
  courseSlug: string;
}

/** Locks a reminder: of two jobs for it, the second waits and then finds it settled. */
export async function lockReminder(tx: Tx, id: string): Promise<ReminderToSend | null> {
  const rows: ReminderToSend[] = await tx.query(
    `SELECT reminder.id, reminder.state, reminder.idle_since AS "idleSince",
            person.email, person.locale, person.time_zone AS "timeZone", enrollment.state AS "enrollmentState",
            enrollment.last_activity_at AS "lastActivityAt", enrollment.id AS "enrollmentId", course.slug AS "courseSlug"
       FROM reminder JOIN person ON person.id = reminder.person_id
       JOIN enrollment ON enrollment.id = reminder.enrollment_id JOIN course ON course.id = enrollment.course_id
      WHERE reminder.id = $1 FOR UPDATE OF reminder`,
    [id],
  );
  return rows[0] ?? null;
}
