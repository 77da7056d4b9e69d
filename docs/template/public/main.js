// A block without a language is text or a formula: highlighting must not guess a language for it.
export default {
  configureHljs: hljs => hljs.configure({ languages: [] }),
}
