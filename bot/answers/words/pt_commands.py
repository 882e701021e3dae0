"""Portuguese of Brazil, with the words of Portugal where they differ: what steers the conversation."""

from __future__ import annotations

from bot.answers.words.base import Listed, listed

CODE = "pt"
NAMES = listed(
    """
    portugues | portuguese | portugais | potige | portugees | brasileiro | pt | por | pt-br
    """
)
POLITE = listed(
    """
    por favor | pfv | pf | por gentileza | obrigado | obrigada | brigado | oi | ola | bom dia | boa tarde | boa
    noite | desculpe | desculpa | ja | ok | senhor | senhora | moco | moca
    """
)
JOIN = listed("entrar | participar")
COMMANDS: dict[str, Listed] = {
    "stop": listed(
        """
        parar | pare | parem | para | sair | cancelar | cancela | descadastrar | me descadastra | nao me escreva
        mais | nao me escrevam mais | nao mande mais mensagens | nao mandem mais mensagens | nao me mande mais
        mensagens | nao me mande mais mensagem | nao me mandem mais mensagens | nao envie mais mensagens | nao me
        envie mais mensagens | nao quero mensagens | nao quero mais mensagens | nao quero receber mensagens | nao
        quero mais receber mensagens | chega de mensagens | pare de me escrever | parem de me escrever | pare de
        mandar mensagem | pare de me mandar mensagem | pare de me mandar mensagens | me deixe em paz | me deixa em
        paz | deixe-me em paz | me tira da lista | me tire da lista | remova meu numero | nao me perturbe
        """
    ),
    "start": listed("comecar | iniciar | recomecar | voltar a receber"),
    "help": listed(
        """
        ajuda | me ajuda | me ajude | socorro | informacao | preciso de ajuda | comandos
        """
    ),
    "language": listed("idioma | lingua | mudar idioma | mudar de idioma | outro idioma"),
    "back": listed("voltar | volta | anterior | pergunta anterior | desfazer"),
    "skip": listed("pular | pula | passar | proxima pergunta | pular pergunta | saltar"),
    "pause": listed(
        """
        pausa | pausar | depois | mais tarde | agora nao | outra hora | outro dia | amanha | estou ocupado | estou
        ocupada | ocupado | ocupada | continuar depois
        """
    ),
    "person": listed(
        """
        pessoa |  atendente | consultor | consultora | conselheiro | conselheira | humano | falar com
        alguem | falar com uma pessoa | falar com atendente | falar com um atendente | falar com um consultor |
        quero falar com alguem | quero falar com uma pessoa | me liga | me ligue | pessoa de verdade
        """
    ),
    "code": listed(
        """
        codigo | meu codigo | adicionar telefone | novo telefone | novo numero | outro telefone
        """
    ),
    "followup": listed(
        """
        pesquisa | acompanhamento | atualizar | atualizacao | meus numeros | continuar | questionario
        """
    ),
    "data": listed(
        """
        meus dados | dados | ver meus dados | o que voces sabem de mim | mostrar meus dados
        """
    ),
    "erase": listed(
        """
        apagar | apagar meus dados | apague meus dados | excluir | excluir meus dados | exclua meus dados | deletar
        meus dados | excluir minha conta | apagar tudo | me esqueca
        """
    ),
}
ORDINALS: dict[int, Listed] = {
    1: listed("um | uma | a primeira | o primeiro"),
    2: listed("dois | duas | a segunda | o segundo"),
    3: listed("tres | a terceira | o terceiro"),
    4: listed("quatro"),
    5: listed("cinco"),
    6: listed("seis"),
    7: listed("sete"),
    8: listed("oito"),
    9: listed("nove"),
}
