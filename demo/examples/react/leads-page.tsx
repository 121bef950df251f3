import { useRef, useState } from 'react';
import type { AlmasarDialer, CallEndedDetail } from 'almasar-dialer';
import { Dialer } from './dialer.tsx';
import { LEADS } from './leads.ts';

/** The CRM: leads to call, and what became of the calls. */
export function LeadsPage() {
  const dialer = useRef<AlmasarDialer>(null);
  const [number, setNumber] = useState<string>();
  const [calls, setCalls] = useState<readonly CallEndedDetail[]>([]);
  const next = LEADS.find(({ phone }) => calls.every((call) => call.number !== phone));

  return (
    <>
      <header>
        <h1>Leads</h1>
        <p>The element in JSX: attributes, a property by ref, events, a slot, a method.</p>
      </header>
      <main>
        <section>
          <h2>To call today</h2>
          <table>
            <tbody>
              {LEADS.map(({ phone, name, wants }) => (
                <tr key={phone} aria-current={phone === number || undefined}>
                  <td>{name}</td>
                  <td>{wants}</td>
                  <td>
                    {/* Drawn whenever, by whatever: a link is enough. */}
                    <a href={`tel:${phone}`} data-almasar-name={name}>
                      {phone}
                    </a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {next && (
            <p>
              <button onClick={() => dialer.current?.dial(next.phone, { name: next.name })}>Call {next.name}</button>
            </p>
          )}
        </section>
        <section>
          <h2>Calls made from this page</h2>
          <ol>
            {calls.map(({ callId, name, outcome, durationSeconds }) => (
              <li key={callId} data-outcome={outcome}>
                {name}: {outcome ?? 'not known'}, {durationSeconds} s
              </li>
            ))}
          </ol>
          {calls.length === 0 && <p className="quiet">None yet.</p>}
        </section>
      </main>
      <Dialer
        ref={dialer}
        lead={LEADS.find(({ phone }) => phone === number)}
        onRinging={(call) => setNumber(call.number)}
        onEnded={(call) => setCalls((before) => [...before, call])}
      />
    </>
  );
}
