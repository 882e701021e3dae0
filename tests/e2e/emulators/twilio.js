// node twilio.js <port> : Twilio's messaging API as `emulate` plays it, on 127.0.0.1; prints "READY <url>".
const net = require('node:net');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function listenOnLoopback(port, ...rest) {
  if (typeof port !== 'number') return listen.call(this, port, ...rest); // emulate itself would bind every interface
  return listen.call(this, { port, host: '127.0.0.1' }, ...rest.filter((each) => typeof each === 'function'));
};

const seed = {
  twilio: {
    account: { sid: `AC${'0'.repeat(32)}`, auth_token: 'twilio_test_auth_token', friendly_name: 'Test center' },
    phone_numbers: [
      { phone_number: '+15551234567', friendly_name: 'sms' },
      { phone_number: 'whatsapp:+15551234567', friendly_name: 'whatsapp' },
    ],
    messaging_services: [
      { sid: `MG${'0'.repeat(31)}1`, friendly_name: 'service', phone_numbers: ['+15551234567'] },
    ],
  },
};

(async () => {
  const api = pathToFileURL(path.join(process.cwd(), 'node_modules/emulate/dist/api.js'));
  const { createEmulator } = await import(api);
  await createEmulator({ service: 'twilio', port: Number(process.argv[2]), seed });
  console.log(`READY http://127.0.0.1:${process.argv[2]}`);
})();
process.on('SIGTERM', () => process.exit(0));
