module.exports = async function App(context) {
  await context.replyText(context.event.text)
}
