import { html, raw } from 'hono/html';
import { AGENTS, type Agent } from './agents.ts';
import { CUSTOMERS, numberOf, type Customer } from './customers.ts';
import { customersView } from './customers-view.ts';
import { iconSheet } from './icons-view.ts';
import { directionOf, type Language } from './language.ts';
import type { PageSettings } from './page-settings.ts';
import { WORDS } from './words.ts';

export interface PageView {
  language: Language;
  agent: Agent;
  /** Set while the sandbox stands in for Twilio: the script that leads the Voice SDK to it. */
  sandboxScriptUrl: string | undefined;
  /** False on a real account, where an invented number may be somebody's. */
  canCallInvented: boolean;
  /** A number that the visitor wants to call, as typed. */
  ownNumber: string;
}

function settingsOf({ language }: PageView): PageSettings {
  return {
    customers: Object.fromEntries(CUSTOMERS.map((customer) => [numberOf(customer), customer.name[language]])),
  };
}

function ownCustomer(phone: string): Customer {
  const { ar, en } = WORDS;
  return {
    name: { ar: phone, en: phone },
    city: { ar: '', en: '' },
    about: { ar: ar.ownNumberAbout, en: en.ownNumberAbout },
    lastContactDaysAgo: 0,
    phone,
  };
}

function header({ language, agent }: PageView) {
  const words = WORDS[language];
  const otherLanguage: Language = language === 'ar' ? 'en' : 'ar';
  const other = AGENTS.find((each) => each !== agent) ?? agent;
  return html`<header>
    <div class="brand">
      <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="9" />
        <path d="M8 22c4 0 4-12 8-12s4 12 8 12" />
      </svg>
      <div>
        <h1>${words.title}</h1>
        <p class="quiet">${words.company}</p>
      </div>
    </div>
    <nav>
      <span class="agent"><span class="quiet">${words.signedInAs}</span> <strong>${agent.name[language]}</strong></span>
      <a href="?lang=${language}&agent=${other.id}">${words.switchAgent}</a>
      <a href="?lang=${otherLanguage}&agent=${agent.id}" lang="${otherLanguage}" hreflang="${otherLanguage}"
        >${words.otherLanguage}</a
      >
    </nav>
  </header>`;
}

function notice(view: PageView) {
  const words = WORDS[view.language];
  if (view.sandboxScriptUrl) {
    return html`<aside class="notice">
      <strong>${words.sandboxTitle}</strong>
      <p>${words.sandboxText}</p>
    </aside>`;
  }
  if (view.canCallInvented) return '';
  return html`<aside class="notice caution">
    <strong>${words.realTitle}</strong>
    <p>${words.realText}</p>
    <form>
      <input type="hidden" name="lang" value="${view.language}" />
      <input type="hidden" name="agent" value="${view.agent.id}" />
      <label>
        <span class="visually-hidden">${words.ownNumberLabel}</span>
        <input
          name="number"
          dir="ltr"
          inputmode="tel"
          required
          placeholder="${words.ownNumberLabel}"
          value="${view.ownNumber}"
        />
      </label>
      <button>${words.ownNumberButton}</button>
    </form>
  </aside>`;
}

/** The CRM's page. What it needs for a phone and its log: one script tag, two elements, and `tel:` links. */
export function pageView(view: PageView) {
  const { language, agent, sandboxScriptUrl } = view;
  const words = WORDS[language];
  const settings = JSON.stringify(settingsOf(view)).replaceAll('<', String.raw`\u003c`);
  const own = view.ownNumber ? [ownCustomer(view.ownNumber)] : [];
  return html`<!doctype html>
    <html lang="${language}" dir="${directionOf(language)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <!-- The dialer makes the calls; the browser must not offer to. -->
        <meta name="format-detection" content="telephone=no" />
        <title>${words.title} · ${words.company}</title>
        <link rel="icon" href="/call-center/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/call-center/style.css" />
        ${sandboxScriptUrl ? html`<script src="${sandboxScriptUrl}"></script>` : ''}
        <script type="module" src="/almasar-dialer.js"></script>
        <script type="module" src="/call-center/page.js"></script>
      </head>
      <body>
        ${iconSheet()} ${header(view)}
        <main>
          ${notice(view)}
          <section aria-labelledby="customers-title">
            <h2 id="customers-title">${words.customers}</h2>
            <p class="quiet">${words.customersHint}</p>
            ${customersView({
              language,
              customers: [...own, ...CUSTOMERS],
              canCall: (customer) => view.canCallInvented || own.includes(customer),
              farEnds: sandboxScriptUrl !== undefined,
            })}
          </section>
          <section aria-labelledby="call-log-title">
            <h2 id="call-log-title">${words.callLog}</h2>
            <noscript>${words.noScript}</noscript>
            <almasar-call-log
              service="/"
              auth-endpoint="/call-center/auth-token?agent=${agent.id}"
              lang="${language}"
              numerals="${language === 'ar' ? 'arab' : 'latn'}"
            ></almasar-call-log>
          </section>
        </main>
        <almasar-dialer
          service="/"
          auth-endpoint="/call-center/auth-token?agent=${agent.id}"
          lang="${language}"
          default-country="EG"
          receive-calls
        ></almasar-dialer>
        <script type="application/json" id="page-settings">
          ${raw(settings)}
        </script>
      </body>
    </html>`;
}
