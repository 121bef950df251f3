// Express 5 + twilio.webhook() + better-sqlite3: the usual way to keep status callbacks, on disk before the answer.
import Database from 'better-sqlite3';
import express from 'express';
import twilio from 'twilio';

const { PUBLIC_URL, TWILIO_AUTH_TOKEN, BASELINE_FILE, PORT } = process.env;
const db = new Database(BASELINE_FILE);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(`
  create table if not exists calls (call_sid text primary key, status text not null, updated_at text not null);
  create table if not exists events (key text primary key, call_sid text not null, event text not null, received_at text not null);
  create index if not exists events_of_call on events (call_sid);
`);
const upsert = db.prepare(
  'insert into calls values (?, ?, ?) on conflict (call_sid) do update set status = excluded.status, updated_at = excluded.updated_at',
);
const insert = db.prepare('insert into events values (?, ?, ?, ?) on conflict do nothing');
const keep = db.transaction((body) => {
  const now = new Date().toISOString();
  upsert.run(body.ParentCallSid, body.CallStatus, now);
  insert.run(`${body.CallSid} ${body.CallStatus}`, body.ParentCallSid, JSON.stringify(body), now);
});

const app = express();
app.use(express.urlencoded({ extended: false }));
app.post(
  '/api/calls/webhook/status',
  twilio.webhook(TWILIO_AUTH_TOKEN, { url: `${PUBLIC_URL}/api/calls/webhook/status` }),
  (request, response) => {
    keep(request.body);
    response.status(204).end();
  },
);
app.listen(Number(PORT), '127.0.0.1');
