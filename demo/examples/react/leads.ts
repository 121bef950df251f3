/** Somebody who has asked for an offer. */
export interface Lead {
  /** E.164, as the events of the dialer name a number. */
  phone: string;
  name: string;
  wants: string;
  notes: string;
}

/** Made up. The last two digits choose who answers in the sandbox. */
export const LEADS: readonly Lead[] = [
  {
    phone: '+201001234500',
    name: 'Ahmed Abdel Hamid',
    wants: 'Maintenance contract',
    notes: 'Has two washing machines. Prefers Saturday mornings.',
  },
  {
    phone: '+201001234501',
    name: 'Sara El Menshawy',
    wants: 'New 16 ft fridge',
    notes: 'Asked for instalments over twelve months.',
  },
  {
    phone: '+201001234502',
    name: 'Mahmoud El Sharkawy',
    wants: 'Air conditioner, 1.5 hp',
    notes: 'Lives on the 6th floor without a lift.',
  },
];
