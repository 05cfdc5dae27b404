# Completion of {{tool}} for bash: eval "$({{tool}} completion bash)"
{{function}}() {
  local line=${COMP_LINE:0:COMP_POINT} typed=${2#[\'\"]} item word quoted=
  COMPREPLY=()
  word=${line##*[[:space:]]}
  [[ $word == [\'\"]* ]] && quoted=1 word=${word:1}

  # Bash replaces only what follows the last ':' or '=', so what stands before it must not come again.
  local kept=$((${#word} - ${#typed}))
  ((kept > 0)) || kept=0
  while IFS= read -r item; do
    item=${item:kept}
    [[ $quoted ]] || printf -v item '%q' "$item"
    COMPREPLY+=("$item")
  done < <("$1" '[suggest]' "${line#*[[:space:]]}" 2>/dev/null)
  if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace 2>/dev/null || :
  fi

  return 0
}

complete -o default -o nosort -F {{function}} {{tool}} 2>/dev/null || complete -o default -F {{function}} {{tool}}
