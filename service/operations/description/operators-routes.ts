import * as z from 'zod';
import { readinessAnswer } from '../readiness.ts';
import type { DescribedRoute } from './described-route.ts';

/** What those ask who run the service. */
export const operatorsRoutes: readonly DescribedRoute[] = [
  {
    method: 'get',
    path: '/healthz',
    tag: 'Operations',
    summary: 'The process lives',
    access: 'anybody',
    answers: { 200: { text: 'It does.', schema: z.object({ status: z.literal('ok'), version: z.string() }) } },
  },
  {
    method: 'get',
    path: '/readyz',
    tag: 'Operations',
    summary: 'Whether this node may be sent calls',
    access: 'anybody',
    answers: {
      200: { text: 'It may.', schema: readinessAnswer },
      503: { text: 'It may not; “failed” says why.', schema: readinessAnswer },
    },
  },
  {
    method: 'get',
    path: '/metrics',
    tag: 'Operations',
    summary: 'Figures for Prometheus: with METRICS_TOKEN, or from this machine when that is not set',
    detail:
      'Names begin with almasar_; each has a HELP line. Of requests (http_requests, http_request_seconds), webhooks ' +
      '(webhooks, webhook_lag_seconds, webhook_conflicts, signature_failures), calls (calls, calls_open, dials_refused, ' +
      'tokens), the carrier’s REST (rest_requests, rest_request_seconds), the database (database_seconds, ' +
      'commit_works, writes_pending), event_streams, and where the CRM is told: crm_events_waiting, ' +
      'crm_events_given_up, crm_oldest_event_seconds.',
    access: 'operator',
    answers: { 200: { text: 'Prometheus’ text format.', contentType: 'text/plain' } },
  },
  {
    method: 'get',
    path: '/openapi.json',
    tag: 'Operations',
    summary: 'This description',
    access: 'anybody',
    answers: { 200: { text: 'OpenAPI 3.1.', contentType: 'application/json' } },
  },
  {
    method: 'get',
    path: '/docs',
    tag: 'Operations',
    summary: 'This description, to read',
    access: 'anybody',
    answers: { 200: { text: 'A page.', contentType: 'text/html' } },
  },
];
