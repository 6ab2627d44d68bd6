// The echo of LINE's own documentation: nothing is stored, the answer waits for the reply.
const { LineBotClient, middleware } = require('@line/bot-sdk')
const express = require('express')

const client = LineBotClient.fromChannelAccessToken({
  channelAccessToken: 'bench',
  apiBaseURL: process.env.LINE_STUB,
  dataApiBaseURL: process.env.LINE_STUB,
})
const app = express()
app.post('/line/webhook', middleware({ channelSecret: process.env.SECRET }), async (req, res) => {
  const replies = req.body.events.map((event) =>
    client.replyMessage({ replyToken: event.replyToken, messages: [{ type: 'text', text: event.message.text }] }),
  )
  res.json(await Promise.all(replies))
})
const server = app.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
