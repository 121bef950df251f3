import { createApp } from 'vue';
import { TicketsPage } from './tickets-page.ts';

createApp(TicketsPage).mount('#app');
