// Package edition makes the edition of a finished review for an audience.
//
// The review stays what it is: an edition is made of the page that people wrote,
// with the sidecar beside it. Insiders read all of it but what opens something.
// Customers read no internal parts, no rows of internal records, no names, no
// places of evidence and no raw records. A gate looks at the very bytes that are
// to be written, and nothing is written while it finds anything.
package edition
