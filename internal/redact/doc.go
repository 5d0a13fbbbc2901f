// Package redact finds what must not leave a house (keys, passwords, addresses,
// names) in any text, and puts placeholders in its place.
//
// What is looked for is a table of rules. A value is found as it stands, and
// behind what hides it: percent-encoding, character references, escapes of
// Markdown and JSON, characters that show nothing, tags and marks of emphasis,
// line breaks, base64. The same value has the same placeholder wherever it
// stands: [email-1]. Times, ids of commits, versions and places of evidence stay.
package redact
