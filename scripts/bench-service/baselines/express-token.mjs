// Express 5 + twilio in the shape of Twilio's own quickstart: static files, two body parsers, a router; nobody is asked who they are.
import express from 'express';
import twilio from 'twilio';

const { AccessToken } = twilio.jwt;
const { TWILIO_ACCOUNT_SID, TWILIO_API_KEY, TWILIO_API_SECRET, TWILIO_TWIML_APP_SID, PORT } = process.env;
const identity = 'agent';

const router = express.Router();
router.get('/token', (request, response) => {
  const token = new AccessToken(TWILIO_ACCOUNT_SID, TWILIO_API_KEY, TWILIO_API_SECRET, { identity, ttl: 3600 });
  token.addGrant(new AccessToken.VoiceGrant({ outgoingApplicationSid: TWILIO_TWIML_APP_SID, incomingAllow: true }));
  response.set('Content-Type', 'application/json');
  response.send(JSON.stringify({ token: token.toJwt(), identity }));
});

const app = express();
app.use(express.static('dist/sounds'));
app.use(express.json());
app.use(express.urlencoded({ extended: false }));
app.use(router);
app.listen(Number(PORT), '127.0.0.1');
