/** What the page's scripts are held to beside their types. */
import js from "@eslint/js";
import globals from "globals";

const ways = {
  ...js.configs.recommended.rules,
  complexity: ["error", 20],
  curly: ["error", "multi-line"],
  eqeqeq: "error",
  "max-depth": ["error", 4],
  "max-lines": ["error", 380],
  "max-params": ["error", 7],
  // Control characters are looked for in order to take them out.
  "no-control-regex": "off",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-restricted-properties": [
    "error",
    ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({
      property,
      message: "Content is untrusted: use textContent.",
    })),
    { object: "document", property: "write", message: "Content is untrusted: use textContent." },
  ],
  "no-shadow": "error",
  "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
  "prefer-template": "error",
};

export default [
  { ignores: ["**/node_modules/**"] },
  {
    files: ["graph/explorer/page/scripts/**/*.js", "graph/widget/scripts/**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.browser },
    rules: ways,
  },
  {
    files: ["tests/page/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.node },
    rules: ways,
  },
];
