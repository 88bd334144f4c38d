/* SPDX-License-Identifier: ISC */
/*
 * kbc new: templates to begin with. The three fit together: what they make of each other is
 * a knowledge file without a fault, which a test sees to.
 */

#include <stdio.h>
#include <string.h>

#include "kbc.h"

#define EXAMPLE_ID "example-1"

/* The identifier comes behind the first part. */
static const char article_head[] =
    "---\n"
    "# An article. kb-article(5) describes all of it. Lines like this one, and what "
    "stands\n"
    "# between <!-- and --> below, are comments.\n"
    "\n"
    "# Letters, digits, '.', '_' and '-'. Other articles refer to it by this.\n"
    "id: ";
static const char article_rest[] =
    "\n"
    "\n"
    "# What is seen, in the words of somebody who sees it. With quotation marks where it\n"
    "# has a colon.\n"
    "title: \"Nightly copy stops: no space left\"\n"
    "\n"
    "# Products with their versions, one a line.\n"
    "applies-to:\n"
    "  - Tern Copy, versions 1.0, 2.0\n"
    "\n"
    "# Words by which it should be found, too.\n"
    "keywords: [backup, disk full]\n"
    "\n"
    "# When it was last looked through, as in 2026-01-31.\n"
    "# date:\n"
    "---\n"
    "\n"
    "## Symptoms\n"
    "\n"
    "<!-- What is seen, and where. A message stands by itself, as it is written, behind a\n"
    "     paragraph that says that it is an error, an event, a message or a log. -->\n"
    "\n"
    "Tern Copy 2.0 stops during the night. The log of the job ends with this error "
    "message:\n"
    "\n"
    "```\n"
    "write failed: error 28: no space left on device\n"
    "```\n"
    "\n"
    "## Cause\n"
    "\n"
    "<!-- Why. What is written here is told where there is nothing to do. -->\n"
    "\n"
    "The copies of former nights were never removed.\n"
    "\n"
    "## Resolution\n"
    "\n"
    "<!-- What cures it, as steps. A sub-section whose heading is a product with its\n"
    "     version is for that version only. -->\n"
    "\n"
    "1. See how much space is left:\n"
    "\n"
    "   ```\n"
    "   df -h /copies\n"
    "   ```\n"
    "\n"
    "2. Remove the oldest copies. They cannot be restored.\n"
    "\n"
    "### Tern Copy 2.0\n"
    "\n"
    "1. Let it remove them by itself: set **Keep** to 14 in its settings.\n"
    "\n"
    "## Workaround\n"
    "\n"
    "<!-- What helps without curing it. Leave out what there is nothing to say about. -->\n"
    "\n"
    "Copy to another disk until then.\n"
    "\n"
    "## Status\n"
    "\n"
    "<!-- Whether it is a fault or by design, and which version corrects it. -->\n"
    "\n"
    "Tern Copy 1.0 cannot remove copies by itself.\n"
    "\n"
    "## More information\n"
    "\n"
    "<!-- Everything else. A link to another article is its identifier, or its file:\n"
    "     [How copies are made](example-2.md) -->\n"
    "\n"
    "A copy takes as much space as what was changed since the night before.\n";

static const char questions_text[] =
    "# Questions of a domain. kb-questions(5) describes all of it. The order decides "
    "where\n"
    "# two are as good as each other.\n"
    "\n"
    "name: Copies that stop\n"
    "about: >\n"
    "  Finds out why a nightly copy stops and what to do about it.\n"
    "\n"
    "questions:\n"
    "  # A closed list. `variant` says that advice depends on it.\n"
    "  - key: copy-version\n"
    "    ask: Which version of Tern Copy is it?\n"
    "    say: Which version of Tern Copy do you have, one or two?\n"
    "    find: Choose About in the Help menu; the first line names it.\n"
    "    kind: choice\n"
    "    recogniser: version\n"
    "    of: 'tern copy'\n"
    "    sections: [title, applies-to, symptoms]\n"
    "    cost: { console: 0.3, phone: 0.5 } # minutes to find out\n"
    "    unknown: 0.05                      # how often people cannot tell\n"
    "    error: 0.05                        # how often they are wrong\n"
    "    variant: true\n"
    "    answers:\n"
    "      - key: '1.0'\n"
    "        label: Version 1.0\n"
    "      - key: '2.0'\n"
    "        label: Version 2.0\n"
    "\n"
    "  # Answers found by words. A blank matches any white space; case does not count.\n"
    "  - key: symptom\n"
    "    ask: What happens?\n"
    "    kind: choice\n"
    "    sections: [title, symptoms]\n"
    "    answers:\n"
    "      - key: stops\n"
    "        label: The copy stops\n"
    "        patterns: ['copy (stops|ends)', 'stops during']\n"
    "        said: ['\\bdied\\b'] # only in what people say\n"
    "      - key: error-message\n"
    "        label: An error message\n"
    "        patterns: ['error messages?']\n"
    "\n"
    "  # Any code; 0x1c and 28 are the same.\n"
    "  - key: error-code\n"
    "    ask: Which error number is shown?\n"
    "    find: It stands at the end of the log of the job.\n"
    "    kind: code\n"
    "    recogniser: error-code\n"
    "\n"
    "# Names of codes.\n"
    "symbols:\n"
    "  - { name: ENOSPC, code: '28' }\n"
    "\n"
    "# How articles say what kind of advice a sentence is, and what is dangerous.\n"
    "phrases:\n"
    "  - name: irreversible\n"
    "    patterns: ['cannot be (undone|restored)']\n";

static const char curated_head[] =
    "# Corrections and additions to single articles. kb-questions(5) describes all of it.\n"
    "# What an article says itself belongs into the patterns of the questions file.\n"
    "\n"
    "articles:\n"
    "  - id: ";
static const char curated_rest[] =
    "\n"
    "    why: >\n"
    "      Why this is right although the article does not say it.\n"
    "    # Advice of that kind carries these risks, too.\n"
    "    risks:\n"
    "      - { kind: fix, risks: [data-loss] }\n"
    "    # Answers to a question, which then replace those that were read. The quotation "
    "is\n"
    "    # of the article.\n"
    "    # facts:\n"
    "    #   - { question: symptom, answers: [stops], quote: \"write failed\" }\n";

static const struct sample {
	const char *kind, *head,
	    *rest; /* the identifier between them, if there is a rest */
} samples[] = {
    {"article", article_head, article_rest},
    {"questions", questions_text, NULL},
    {"curated", curated_head, curated_rest},
};

static int new_refuse(const char *why, const char *what)
{
	fprintf(stderr, "kbc: %s '%s'\n", why, what);
	return ERR_USAGE;
}

int kbc_new(const struct options *o)
{
	const char *id = o->nargs > 1 ? o->args[1] : EXAMPLE_ID;
	const struct sample *s = samples;
	const struct sample *end = s + sizeof samples / sizeof *samples;

	while (s < end && strcmp(s->kind, o->args[0]) != 0)
		s++;
	if (s == end)
		return new_refuse(
		    "new makes article, questions or curated, not", o->args[0]);
	if (s->rest == NULL && o->nargs > 1)
		return new_refuse("a questions file has no identifier", id);
	if (!article_id_fits(id))
		return new_refuse("this cannot be an identifier:", id);
	fputs(s->head, stdout);
	if (s->rest != NULL)
		printf("%s%s", id, s->rest);
	return 0;
}
