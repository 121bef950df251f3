import { AlmasarCallLog } from './almasar-call-log.ts';

// A page may load the widget twice, even in two versions: the first one stays.
if (!customElements.get('almasar-call-log')) customElements.define('almasar-call-log', AlmasarCallLog);

export { AlmasarCallLog };
