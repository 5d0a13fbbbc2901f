// Package templates holds the default templates, embedded.
package templates
