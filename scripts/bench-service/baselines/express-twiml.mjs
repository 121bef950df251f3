// Express 5 + twilio's TwiML builder: it checks nothing and looks nothing up.
import express from 'express';
import twilio from 'twilio';

const { TWILIO_CALLER_ID, PUBLIC_URL, PORT } = process.env;
const app = express();
app.use(express.urlencoded({ extended: false }));
app.post('/voice', (request, response) => {
  const twiml = new twilio.twiml.VoiceResponse();
  const dial = twiml.dial({
    answerOnBridge: true,
    callerId: TWILIO_CALLER_ID,
    record: 'record-from-answer-dual',
    recordingStatusCallback: `${PUBLIC_URL}/recording`,
    action: `${PUBLIC_URL}/dial-result`,
  });
  dial.number(
    {
      statusCallback: `${PUBLIC_URL}/status`,
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    },
    request.body.Number,
  );
  response.type('text/xml');
  response.send(twiml.toString());
});
app.listen(Number(PORT), '127.0.0.1');
