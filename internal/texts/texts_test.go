package texts_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"asynclab/internal/texts"
)

const explanation = `# Lab 9: my explanation

Write below each question.

## Before the first run

> How long will it take, and
> why do you think so?

## What I saw

> What was printed:

` + "```text\n\n```" + `

> 1. Who decides the
> order?

> 2. Why?
`

func replace(old, new string) string { return strings.Replace(explanation, old, new, 1) }

func TestAnswers(t *testing.T) {
	for text, want := range map[string]int{
		explanation:                        0,
		explanation + "Because of x.\nAnd": 1,
		explanation + "\n\nBecause.\n\nAnd more.\n\n## A heading\n":            1,
		replace("```text\n", "```text\nhowdy\n") + "Because":                   2,
		replace("so?\n", "so?\n\nTwo seconds.\n"):                              1,
		replace("order?\n", "order?\nNobody.\n") + "\n\nNobody.":               2,
		replace("each question.\n", "each question.\n\nMine begins here.\n\n"): 0,
	} {
		given, asked := texts.Answers(text)
		require.Equal(t, 4, asked, text)
		require.Equal(t, want, given, text)
	}
}

func TestQuestions(t *testing.T) {
	want := []string{"Who decides the order?", "Why?"}
	require.Equal(t, want, texts.Questions(explanation))
	require.Equal(t, want, texts.Questions("## Explain\n\n1. Who decides\n   the order?\n2. Why?\n\nThen compare."))
	require.Empty(t, texts.Questions("Version 1.25 is new.\n\n- one\n"))
}
