/** Texts as a CRM may have them, which must do nothing and be shown as they are. */
export const MARKUP = [
  "<script>window.harmed=1</script>",
  '<img src=x onerror="window.harmed=1">',
  '"><svg onload=window.harmed=1>',
  "'-alert(1)-'",
  "javascript:window.harmed=1",
  "</title></textarea></template><b>жирно</b>",
  "{{7*7}} #{7*7} &lt;b&gt; %3Cb%3E",
  "\u202Eолатсен еинежотс\u202C и \u200Bпусто\uFEFF",
];
