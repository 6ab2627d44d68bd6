module.exports = {
  channels: {
    line: {
      enabled: true,
      path: '/line/webhook',
      accessToken: 'bench',
      channelSecret: process.env.SECRET,
      origin: process.env.LINE_STUB,
    },
  },
}
