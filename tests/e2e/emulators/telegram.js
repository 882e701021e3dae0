// node telegram.js : Telegram's Bot API on a free port of 127.0.0.1; prints "READY <url>".
//
// telegram-test-api keeps the chats and plays the phones. What bots see of it is completed here to what the Bot API
// promises: an update comes again until its offset is passed, a sent message is answered as a whole Message, a webhook
// carries its secret and is tried again, over-long texts and callback data are refused.
const http = require('node:http');
const { createRequire } = require('node:module');

const { TelegramServer } = createRequire(`${process.cwd()}/`)('telegram-test-api/lib/telegramServer');

const ME = {
  id: 777000777,
  is_bot: true,
  first_name: 'Acompaña',
  username: 'acompana_test_bot',
  can_join_groups: false,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
};
const TAKEN_AS_READ = new Set(['answerCallbackQuery', 'setMyCommands', 'sendChatAction', 'setMyDescription', 'close']);
const TRIES = 6;

const seconds = () => Math.floor(Date.now() / 1000);
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const asObject = (value) => (typeof value === 'string' ? JSON.parse(value) : value);

class Refusal extends Error {
  constructor(status, description, parameters) {
    super(description);
    this.status = status;
    this.parameters = parameters;
  }
}

class BotApi extends TelegramServer {
  journal = [];
  faults = [];
  deliveries = {};

  // --- what the phones do, on its way to the bot ---

  async addUserUpdate(update) {
    this.updateId += 1;
    const hook = this.webhooks[update.botToken];
    if (!hook) {
      this.storage.userMessages.push(update);
      return;
    }
    const before = this.deliveries[update.botToken] || Promise.resolve();
    this.deliveries[update.botToken] = before.then(() => this.deliver(hook, complete(update)));
  }

  async deliver(hook, update) {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const answer = await fetch(hook.url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': hook.secret_token || '' },
        body: JSON.stringify(update),
      }).catch(() => null);
      if (answer && answer.ok) return;
      await pause(100 * 2 ** attempt);
    }
  }

  // --- what the bot calls ---

  async call(token, method, params, hungUp) {
    this.journal.push({ method, params });
    this.fail(method, params);
    if (TAKEN_AS_READ.has(method)) return true;
    switch (method) {
      case 'getMe':
        return ME;
      case 'getUpdates':
        return this.updates(token, params, hungUp);
      case 'sendMessage':
        return this.send(token, params);
      case 'editMessageReplyMarkup':
      case 'editMessageText':
        return this.edit(params);
      case 'setWebhook':
        this.setWebhook(params, token);
        return true;
      case 'deleteWebhook':
        this.deleteWebhook(token);
        return true;
      case 'getWebhookInfo':
        return { url: this.webhooks[token]?.url || '', has_custom_certificate: false, pending_update_count: 0 };
      default:
        throw new Refusal(404, `Not Found: ${method} is not emulated`);
    }
  }

  fail(method, params) {
    const fault = this.faults.find(
      (each) => each.times > 0 && each.method === method && (!each.chat || String(each.chat) === String(params.chat_id)),
    );
    if (!fault) return;
    fault.times -= 1;
    throw new Refusal(fault.status, fault.description, fault.parameters);
  }

  async updates(token, { offset = 0, limit = 100, timeout = 0 }, hungUp) {
    if (this.webhooks[token]) throw new Refusal(409, "Conflict: can't use getUpdates method while webhook is active");
    const mine = (update) => update.botToken === token;
    this.storage.userMessages = this.storage.userMessages.filter(
      (update) => !mine(update) || update.updateId >= Number(offset),
    );
    const end = Date.now() + Number(timeout) * 1000;
    for (;;) {
      const waiting = this.storage.userMessages.filter(mine).slice(0, Number(limit));
      if (waiting.length || hungUp() || Date.now() >= end) return waiting.map(complete);
      await pause(20);
    }
  }

  send(token, params) {
    if (!params.text) throw new Refusal(400, 'Bad Request: message text is empty');
    if (params.text.length > 4096) throw new Refusal(400, 'Bad Request: message is too long');
    const markup = asObject(params.reply_markup);
    for (const button of (markup?.inline_keyboard || []).flat()) {
      if (Buffer.byteLength(button.callback_data) > 64) throw new Refusal(400, 'Bad Request: BUTTON_DATA_INVALID');
    }
    const { message_id: id } = this.addBotMessage({ ...params }, token);
    return this.message(id, params.chat_id, params.text, markup);
  }

  edit({ chat_id: chat, message_id: id, text, reply_markup: markup }) {
    const kept = this.storage.botMessages.find(
      (each) => String(each.messageId) === String(id) && String(each.message.chat_id) === String(chat),
    );
    if (!kept) throw new Refusal(400, 'Bad Request: message to edit not found');
    kept.message = { ...kept.message, text: text ?? kept.message.text, reply_markup: asObject(markup) };
    return { ...this.message(id, chat, kept.message.text, kept.message.reply_markup), edit_date: seconds() };
  }

  message(id, chat, text, markup) {
    const shown = markup?.inline_keyboard ? { reply_markup: markup } : {};
    return {
      message_id: Number(id),
      from: ME,
      date: seconds(),
      chat: { id: Number(chat), type: 'private', first_name: 'Phone' },
      text,
      ...shown,
    };
  }

  reset() {
    this.storage = { userMessages: [], botMessages: [] };
    this.webhooks = {};
    this.journal = [];
    this.faults = [];
  }
}

function complete(update) {
  const { botToken, ...told } = TelegramServer.formatUpdate(update);
  if (told.callback_query) return { ...told, callback_query: { chat_instance: 'one', ...told.callback_query } };
  const { botToken: _token, ...message } = told.message;
  return { ...told, message: { date: seconds(), ...message } };
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  if (!body) return {};
  const isJson = (request.headers['content-type'] || '').includes('json');
  return isJson ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
}

function answer(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

async function serve(api, request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const body = await read(request);
  const bot = /^\/bot([^/]+)\/(\w+)$/.exec(pathname);
  if (bot) {
    try {
      const params = { ...Object.fromEntries(searchParams), ...body };
      const result = await api.call(bot[1], bot[2], params, () => response.destroyed);
      answer(response, 200, { ok: true, result });
    } catch (error) {
      const { status = 500, message, parameters } = error;
      answer(response, status, { ok: false, error_code: status, description: message, parameters });
    }
    return;
  }
  switch (pathname) {
    case '/_control/calls':
      return answer(response, 200, api.journal);
    case '/_control/fault':
      api.faults.push({ times: 1, ...body });
      return answer(response, 200, true);
    case '/_control/reset':
      api.reset();
      return answer(response, 200, true);
    default:
      Object.assign(request, { body, _body: true }); // read already: the emulator's own parsers must not wait for it
      api.webServer(request, response);
  }
}

const api = new BotApi({ storeTimeout: 3600 });
const server = http.createServer((request, response) => {
  serve(api, request, response).catch((error) => answer(response, 500, { ok: false, description: String(error) }));
});
server.listen(0, '127.0.0.1', () => console.log(`READY http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
