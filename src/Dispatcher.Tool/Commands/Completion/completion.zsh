#compdef {{tool}}
# Completion of {{tool}} for zsh: eval "$({{tool}} completion zsh)"
{{function}}() {
  local -a found
  found=("${(@f)$(${(Q)words[1]} '[suggest]' "${(j: :)words[2,CURRENT-1]} $PREFIX" 2>/dev/null)}")
  found=(${found:#})
  if (( ! $#found )); then
    _files
    return
  fi

  compadd -V names -S '' -- ${(M)found:#*=}
  compadd -V values -- ${found:#*=}
}

if (( ! $+functions[compdef] )); then
  autoload -Uz compinit && compinit
fi

compdef {{function}} {{tool}}
