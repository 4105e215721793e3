/** Names of fields that would hold personal data or free text; no event may have one. */
export const personalData =
  /name|phone|mobile|address|text|summary|title|born|birth|identity|idNumber|outcome|note|findings|comment|email|gender|sex$/i;
