"""Portuguese of Brazil, with the words of Portugal where they differ."""

from __future__ import annotations

from fractions import Fraction

from bot.answers.words import pt_commands as steering
from bot.answers.words.base import Words, listed, numbered, patterns

WORDS = Words(
    code=steering.CODE,
    names=steering.NAMES,
    commands=steering.COMMANDS,
    join=steering.JOIN,
    polite=steering.POLITE,
    ordinals=steering.ORDINALS,
    numbers=numbered(
        """
        zero=0 dois=2 duas=2 tres=3 quatro=4 cinco=5 seis=6 sete=7 oito=8 nove=9 dez=10 onze=11 doze=12 treze=13 quatorze=14 catorze=14 quinze=15 dezesseis=16 dezasseis=16
        dezessete=17 dezassete=17 dezoito=18 dezenove=19 dezanove=19 vinte=20 trinta=30 quarenta=40 cinquenta=50 sessenta=60 setenta=70 oitenta=80 noventa=90 cem=x100 cento=x100
        duzentos=200 duzentas=200 trezentos=300 trezentas=300 quatrocentos=400 quatrocentas=400 quinhentos=500 quinhentas=500 seiscentos=600 seiscentas=600 setecentos=700
        oitocentos=800 novecentos=900 mil=x1000 milhao=x1000000 milhoes=x1000000 bilhao=x1000000000 duzia=x12 duzias=x12 dezena=x10
        dezesete=17 dezeseis=16 dezenoves=19 cincoenta=50 sincoenta=50 quinentos=500 quinhento=500 duzento=200 trezento=300 treis=3 quatroze=14 vimte=20 trita=30 milhoe=x1000000 milhaos=x1000000 seissentos=600 oitossentos=800 novessentos=900 doismil=2000 tresmil=3000 cincomil=5000 dezmil=10000 milion=x1000000 milhon=x1000000
        """
    ),
    articles=listed("um | uma"),
    joiners=listed("e"),
    fractions={
        "a metade": Fraction(1, 2),
        "metade": Fraction(1, 2),
        "meio": Fraction(1, 2),
        "meia": Fraction(1, 2),
        "meio a meio": Fraction(1, 2),
        "metade metade": Fraction(1, 2),
        "meio meio": Fraction(1, 2),
        "a metade de": Fraction(1, 2),
        "metade e metade": Fraction(1, 2),
        "um terco": Fraction(1, 3),
        "terco": Fraction(1, 3),
        "a terca parte": Fraction(1, 3),
        "uma terca parte": Fraction(1, 3),
        "dois tercos": Fraction(2, 3),
        "2 tercos": Fraction(2, 3),
        "um quarto": Fraction(1, 4),
        "quarto": Fraction(1, 4),
        "a quarta parte": Fraction(1, 4),
        "uma quarta parte": Fraction(1, 4),
        "tres quartos": Fraction(3, 4),
        "3 quartos": Fraction(3, 4),
        "um quinto": Fraction(1, 5),
        "a quinta parte": Fraction(1, 5),
        "dois quintos": Fraction(2, 5),
        "um decimo": Fraction(1, 10),
        "tudo": Fraction(1),
        "todos": Fraction(1),
        "todas": Fraction(1),
        "todo": Fraction(1),
        "toda": Fraction(1),
        "a totalidade": Fraction(1),
        "tudinho": Fraction(1),
        "todo mundo": Fraction(1),
    },
    halves=listed("meio | meia"),
    months={
        "janeiro": 1,
        "jan": 1,
        "fevereiro": 2,
        "fev": 2,
        "marco": 3,
        "mar": 3,
        "abril": 4,
        "abr": 4,
        "maio": 5,
        "mai": 5,
        "junho": 6,
        "jun": 6,
        "julho": 7,
        "jul": 7,
        "agosto": 8,
        "ago": 8,
        "setembro": 9,
        "set": 9,
        "outubro": 10,
        "out": 10,
        "novembro": 11,
        "nov": 11,
        "dezembro": 12,
        "dez": 12,
        "fevereito": 2,
        "fevreiro": 2,
    },
    hedges=listed(
        """
        uns | umas | cerca de | mais ou menos | aproximadamente | aprox | por volta de | em torno de | quase | acho que | acho | talvez | perto de | algo como | algo em torno de | digamos | media de | em media | na media | na faixa de | tipo | creio que | creio | estimativa | estimado | por ai | ou por ai | e pouco | e poucos | e pouca | uma media de | mais menos | beirando | na base de | eu acho | eu diria | deve ser | deve ter sido | deve dar | se nao me engano | la pelos | uma base de | coisa de | + ou - | mais ou menos uns | provavelmente | e uns quebrados | e alguma coisa | e la vai | aproximado | aproximada | acredito que | a volta de
        """
    ),
    periods={
        "day": listed(
            "por dia | ao dia | diario | diarios | diaria | diariamente | cada dia | todo dia | todos os dias | p dia | o dia | ontem | hoje | num dia | dia | pordia"
        ),
        "week": listed(
            "por semana | na semana | semanal | semanais | semanalmente | cada semana | toda semana | todas as semanas | p semana | a semana | semana | semana passada | na semana passada | essa semana | esta semana | uma semana | numa semana | porsemana | por fim de semana"
        ),
        "fortnight": listed(
            "por quinzena | quinzenal | quinzenais | cada quinzena | a cada quinze dias | a cada 15 dias | a cada duas semanas | quinzena | de 15 em 15 dias | na quinzena"
        ),
        "month": listed(
            "por mes | ao mes | mensal | mensais | mensalmente | cada mes | todo mes | todos os meses | p mes | no mes | mes | mes passado | no mes passado | o mes passado | do mes | um mes | num mes | do mes passado | o mes | ultimo mes | no ultimo mes | mes anterior"
        ),
        "quarter": listed(
            "por trimestre | trimestral | trimestrais | cada trimestre | no trimestre | trimestre | a cada tres meses | a cada 3 meses"
        ),
        "year": listed(
            "por ano | ao ano | anual | anuais | anualmente | cada ano | todo ano | todos os anos | p ano | no ano | ano | ano passado | no ano passado | o ano passado | um ano | num ano | no ano todo | o ano todo | do ano | o ano inteiro | no ano inteiro | o ano | ano anterior"
        ),
    },
    this_period=listed(
        "este mes | esse mes | neste mes | nesse mes | este ano | esse ano | ate agora | ate o momento | ate hoje | neste ano | mes atual | desse mes"
    ),
    total=listed(
        "total | no total | ao todo | tudo junto | somando tudo | totalizando | total de | soma | somando | ao total | em total | deu no total"
    ),
    corrections=listed(
        "quero dizer | quis dizer | digo | desculpa | desculpe | perdao | ou melhor | alias | errei | corrigindo | correcao | erro | na verdade | ops | opa | melhor dizendo | me enganei | espera | pera | nao desculpa | retificando | isto e"
    ),
    bounds=listed(
        "menos de | mais de | pelo menos | no minimo | no maximo | ate | ao menos | no mais | nao mais de | nao menos de | ou mais | ou menos | acima de | abaixo de | minimo | maximo | a mais de | passa de | passou de | nao chega a | nao chegou a | nao chega | superior a | inferior a | pra cima | para cima | maximo de | minimo de | nem | menos que | mais que | um pouco mais de | um pouco menos de"
    ),
    ors=listed("ou | a | entre | de | desde | varia de | varia entre | ou entao | versus | vs"),
    plus=listed("e | mais | com | junto com | alem de | tambem | e mais | e tambem"),
    each=listed(
        "cada um | cada uma | por unidade | a unidade | por cabeca | por pessoa | por peca | o quilo | cada | por cliente | a duzia | o prato | o par"
    ),
    percent=listed("por cento | porcento | percentual | % | pct | por centos | porcentagem | por ceto"),
    units=listed(
        """
        dias | semanas | meses | anos | horas | hora | clientes | cliente | pedidos | pedido | caixas | caixa | quilos | kg | kilos | pecas | unidades | unidade | bolos | pratos | vestidos | camisas | galinhas | frangos | ovos | garrafas | pacotes | sacos | ingressos | produtos | paes | xicaras | cabecas | cortes | quartos de hotel |
        mesas | carros | caminhoes | viagens | vacas | porcos | hectares | lojas | maquinas | vezes | minutos | telefones | refeicoes | almocos | sapatos | sabonetes | salgados | sucos | cervejas | marmitas | litros | metros | doces
        """
    ),
    people=listed(
        """
        pessoas | pessoa | funcionarios | funcionario | funcionaria | funcionarias | empregados | empregado | empregada | empregadas | trabalhadores | trabalhador | trabalhadora | colaboradores | colaborador | colaboradora | colaboradoras | rapazes | rapaz | mocas | moca | meninos | menino | meninas | menina | homens | homem | mulheres | mulher | ajudantes | ajudante | amigo | amiga | gente | jovens | jovem | outros | outras | outro | outra | outras pessoas | membros | operarios | operario | assistentes | auxiliares | costureiras | vendedores | vendedoras | vendedor | vendedora | cozinheiras | peoes | diaristas | funcionaros | funcionaris | funsionarios | caras | garotas | garotos | aprendizes | estagiarios | registrados | contratados | na equipe | socios | garcons
        """
    ),
    full=listed(
        "em tempo integral | tempo integral | integral | periodo integral | em periodo integral | fixos | fixo | fixas | fixa | efetivos | efetivo | permanentes | clt | registrados | registrado | full time | tempo completo | a tempo inteiro | tempo inteiro | a tempo completo | com carteira | de carteira assinada | carteira assinada | full | mensalistas"
    ),
    part=listed(
        "em meio periodo | meio periodo | meio expediente | tempo parcial | em tempo parcial | parcial | parciais | temporarios | temporario | diaristas | diarista | part time | fim de semana | fins de semana | nos fins de semana | no fim de semana | aos sabados | por hora | eventuais | eventual | freelancers | freelas | freela | bico | meio turno | de vez em quando | a tempo parcial | por dia | intermitentes | extras | ocasionais"
    ),
    oneself=listed(
        """
        eu | so eu | somente eu | apenas eu | eu sozinho | eu sozinha | sozinho | sozinha | so eu mesmo | so eu mesma | eu mesmo | eu mesma | trabalho sozinho | trabalho sozinha | sou so eu | e so eu | sou eu | sou eu sozinho | sou eu sozinha | sou o unico | sou a unica | eu so | so sou eu | eu e mais ninguem | estou sozinho | estou sozinha | to sozinho | to sozinha | unicamente eu | eu faco tudo | faco tudo sozinho | faco tudo sozinha | o dono | a dona | so o dono | so a dona | mei | sou mei | por conta propria | so tem eu | tem so eu | so trabalha eu | eu trabalho sozinho | eu trabalho sozinha | eu sozinho mesmo | minha pessoa | so mesmo eu | so eu trabalho | eu e deus | eu e so eu
        """
    ),
    relatives=listed(
        """
        minha irma | meu irmao | minha esposa | meu esposo | meu marido | minha mulher | minha mae | meu pai | meu filho | minha filha | meu primo | minha prima | meu amigo | minha amiga | meu socio | minha socia | minha tia | meu tio | meu sobrinho | minha sobrinha | meu ajudante | minha ajudante | meu namorado | minha namorada | minha cunhada | meu cunhado | minha sogra | meu sogro | meu companheiro | minha companheira | minha vizinha | meu vizinho | meu neto | minha neta | minha avo | minha funcionaria | meu funcionario | minha nora | meu genro
        """
    ),
    groups=listed(
        "familia | minha familia | a familia | familiares | meus filhos | minhas filhas | meus irmaos | minhas irmas | amigos | meus amigos | meus primos | meus pais | so familia | so a familia | minha equipe | uma equipe | parentes | alguns amigos | os filhos | negocio familiar | empresa familiar"
    ),
    including=listed(
        "comigo | contando comigo | incluindo eu | incluindo a mim | eu incluso | eu inclusa | me incluindo | contando eu | inclusive eu | eu inclusive | incluindo me | comigo incluso | me contando | incluindo mim"
    ),
    excluding=listed(
        "sem contar comigo | fora eu | alem de mim | sem mim | tirando eu | e eu | mais eu | sem me contar | sem eu | sem contar eu | menos eu | fora mim | sem incluir eu | sem incluir a mim | exceto eu | que me ajudam | trabalham comigo | trabalha comigo | que trabalham comigo | trabalhando comigo | fora a dona | fora o dono"
    ),
    more=listed("a mais | mais | adicionais | novos | novas | novo | nova | extra | contratei"),
    now=listed(
        "agora | atualmente | hoje em dia | no momento | hoje | por enquanto | restam | sobraram | ficaram | so restam | ainda | atual | hj | agora sao"
    ),
    before=listed(
        "antes | antes tinha | antes eram | tinha | tinhamos | anteriormente | eram | era | no inicio | comecei com | comecamos com | antigamente | eramos | ja tive"
    ),
    zero=listed(
        """
        nada | nenhum | nenhuma | ninguem | zero | nenhum ainda | nada ainda | ninguem ainda | nenhuma ainda | nenhum funcionario | nenhuma venda | nenhuma pessoa | nenhum empregado | sem funcionarios | sem vendas | sem empregados | nem um | nem um real | nem um centavo | nao tenho | nao temos | nao tem | nao ha | nao tive | nao houve | nada vezes nada | nadinha | nadica de nada | ainda nao | ainda nenhum | ainda nada | ainda ninguem | nenhum por enquanto | nada por enquanto | ninguem por enquanto | nenhum no momento | ninguem alem de mim | nao tenho ninguem | nao tenho nenhum | nao tenho funcionarios | necas | bulhufas | nao vendi | nao vendi nada | nao vendemos | nao vendemos nada | zerado | zerada | zero vendas | zero funcionarios | zero reais | nao possuo | ninguem mais | nenhum real | nulo | nao ha ninguem | nenhum mesmo | nenhuma no momento
        """
    ),
    negations=listed("nao | nunca | jamais | sem | tampouco | perdi | perdemos | prejuizo | devo | negativo | n | ñ"),
    vague=listed(
        """
        pouco | poucos | poucas | pouca | muito | muitos | muitas | muita | muito pouco | algo | alguns | algumas | varios | varias | bastante | um pouco | pouquinho | um pouquinho | nao muito | nao muitos | suficiente | um par | um monte | bem | mal | regular | normal | o mesmo | igual | o de sempre | como sempre | depende | varia | melhor | pior | baixo | alto | fraco | fraca | muito mal | muito bem | bom | ruim | uns poucos | a maioria | maioria | a maior parte | maior parte | quase tudo | quase nada | quase todos | mais da metade | menos da metade | uma parte | o resto | quase metade | dobro | o dobro | triplo | milhares | centenas | um bocado | pra caramba | uma mixaria | mixaria | boa | boas | ruins | foi bom | foi ruim | na media de sempre | uns trocados | otimo | pessimo | o suficiente | casal
        """
    ),
    questions=listed(
        "que | o que | por que | porque | pq | como | como assim | quando | quem | qual | quanto | quantos | onde | pra que | para que | o que significa | nao entendi | nao entendo | nao compreendi | pode repetir | poderia repetir | vc pode repetir | voce pode repetir | me explica | explica | explique | bruto ou liquido | em dolar ou | em reais ou | inclui | o que quer dizer | quem e | o que e isso | que isso | do que"
    ),
    fillers=listed(
        """
        eu | nos | a gente | tenho | temos | tem | tinha | vendi | vendemos | venda | vendas | fiz | fizemos | faturei | faturamos | faturamento | ganhei | ganhamos | recebi | recebemos | entrou | entraram | foi | foram | e | eh | sao | era | eram | em | de | do | da | dos | das | no | na | nos | nas | o | a | os | as | meu | minha | meus | minhas | nosso | nossa | se | me | lhe | que | para | pra | por | ao | com | so | somente | apenas | exatamente | exato | certo | bem | entao | bom | ok | oi | ola | bom dia | boa tarde | boa noite | obrigado | obrigada | por favor | sim | ja | senhor | senhora | passado | passada | lucro | lucros | renda | receita | negocio | empresa | loja | valor | numero | quantidade | quantia | resposta | aqui | ali | la | trabalham | trabalha | trabalhando | trabalho | emprego | somos | estamos | conto com | contamos com | limpo | limpos | liquido | bruto | redondo | fechado | fechados | este | esta | isso | um total de | deu | dei | tirei | tiramos | consegui | conseguimos | rendeu | graças a deus | gracas a deus | mesmo | mesma | n de funcionarios | janeiro | fevereiro | marco | abril | maio | junho | julho | agosto | setembro | outubro | novembro | dezembro | comigo | ajudam | me ajudam | ajudando | eles | elas | voce | vc | vcs | minha loja | lojinha | esse | essa | tambem | foi de | foram de | ne | uai | olha | tipo assim | vende
        """
    ),
    sold=listed(
        """
        vendi | vendemos | vendeu | venda | vendas | fiz | fizemos | faturei | faturamos | faturamento |
        recebi | recebemos | receita | entrou | entraram | tirei | tiramos | bruto | de vendas | em vendas
        """
    ),
    debts=listed(
        """
        emprestimo | emprestimos | emprestado | peguei emprestado | credito | banco | financiamento | subsidio
        | microcredito | edital | cooperativa
        """
    ),
    profit=listed(
        """
        lucro | lucros | lucro de | sobrou | sobraram | sobra | liquido | depois de tudo
        """
    ),
    not_sales=listed(
        """
        gastei | gastamos | gasto | gastos | paguei | pagamos | pagar | pagamento | custo | custos | custa | custou
        | aluguel | salario | salarios | folha | imposto | impostos | despesa | despesas | compra | compras |
        comprei | comprar | investi | investimos | investimento | preciso | precisamos | quero | queremos | espero |
        meta | pretendo | deveria | poderia | seria | estoque | mercadoria | guardei | poupei | poupanca | devo |
        devemos | devem | me devem | divida | dividas | fiado | orcamento | roubaram | presente | me manda | manda |
        me da | me empresta | quarto | codigo | seguidores | curtidas | multa | consorcio | mandou | me mandou |
        deve | me deve | emprestei | encomenda | encomendas | concorrente
        """
    ),
    yes=listed(
        """
        sim | s | ss | sss | simm | simmm | sim sim | sin | claro | claro que sim | com certeza | certeza | certamente | lógico | logico | obvio | obviamente | evidente | isso | isso mesmo | isso ai | exato | exatamente | correto | certo | certinho | ta certo | esta certo | e verdade | verdade | positivo | afirmativo | ok | okay | blz | beleza | uhum | aham | ahan | aha | arram | pode ser sim | pode | pode sim | tenho | tenho sim | fiz | fiz sim | tive sim | temos | temos sim | sim senhor | sim senhora | sim por favor | sim claro | sim obrigado | sim obrigada | sim tenho | sim fiz | concordo | aceito | sim aceito | autorizo | confirmo | confirmado | de acordo | sem duvida | sem duvidas | com prazer | perfeito | otimo | muito | ajudou | ajudou sim | ajudou muito | sim ajudou | e sim | e isso | e isso mesmo | ja | ja sim | ja tenho | ja fiz | sempre | totalmente | opa | bora | demorou | pois sim | yes | yep | siim | siiim | isso msm | tá | ta bom | tudo certo | quero | quero sim
        """
    ),
    no=listed(
        """
        nao | n | nn | nao nao | naoo | naooo | naum | num | nah | nop | nope | no | nem | de jeito nenhum | de forma alguma | de modo algum | claro que nao | com certeza nao | logico que nao | obvio que nao | jamais | nunca | negativo | ainda nao | nao ainda | agora nao | no momento nao | por enquanto nao | nao tenho | nao temos | nao fiz | nao fizemos | nao tive | nao quero | nao aceito | nao autorizo | nao concordo | nao senhor | nao senhora | nao obrigado | nao obrigada | nada | nada disso | nenhum | nenhuma | incorreto | errado | ta errado | esta errado | falso | mentira | nem pensar | nem a pau | que nada | tampouco | nao mesmo | nao muito | nao realmente | na verdade nao | infelizmente nao | acho que nao | nao acho | creio que nao | nao ajudou | nao sou | nao foi | nao e | nao esta certo | nao esta correto | nao e isso | nao isso | nao por enquanto | nao agora | ainda n | n tenho | n quero | agora n | magina | nunca mais | nao mais | ja nao | de maneira nenhuma | de maneira alguma
        """
    ),
    maybe=listed(
        "as vezes | talvez | depende | pode ser | mais ou menos | um pouco | pouco | possivelmente | provavelmente | sim e nao | em parte | hmm | hum | mmm | quem sabe | acho | acho que sim | sera | mas | de vez em quando | quase | parcialmente | nem sempre | depois | espera | ambos | regular | algumas vezes | nem sim nem nao | vamos ver | um pouquinho | sei la"
    ),
    unknown=patterns(
        r"""
        \b(eu )?(nao|n|num|nem) (o |me |te |lhe )?(sei|sabemos|sabia|saberia|lembro|recordo|recordamos|lembramos|faco (a menor )?ideia|fazemos ideia|tenho ideia|tenho (a )?(menor |minima )?(ideia|nocao)|tenho certeza|tenho (o |os )?(numero|dado|dados|registro|registros|controle|valor)|tenho como saber|estou (muito )?(certo|certa|segur[oa]))\b | \b(sem|nenhuma) (ideia|nocao|certeza|registro|controle|anotacao)\b | \bsei la\b | ^sei nao$ | \bnem ideia\b | \bnsei\b | \bnao sei\b
        | \bnao (faco|fiz|tenho feito|mantenho|guardo|anoto|anotei|registro|registrei|controlo|calculei|calculo|contei|conto|levo|somei|acompanho|escrevo|fizemos|anotamos|fechei)( o| a| os| as| esse| isso| essa| meu| minhas| nenhum| as minhas)? ?(contas?|controle|contabilidade|registros?|anotacoes|anotacao|isso|livro|caixa|notas?|calculo|conta|contagem|nada)?( ainda| disso| das vendas| direito)?$ | \b(tenho|preciso|teria|precisaria|vou) (que |de )?(ver|verificar|olhar|checar|conferir|perguntar|contar|calcular|somar)\b | \b(deixa|deixe) (eu )?(ver|verificar|olhar|checar|conferir|me ver)\b | \b(esqueci|me esqueci|so deus sabe|deus sabe|quem sabe|desconheco|ignoro|dificil (de )?(dizer|saber|calcular)|perdi (a conta|o caderno|as contas)|meu contador|minha contadora|minha esposa sabe|meu marido sabe|pergunte (ao|a|pro|pra) meu)\b
        """
    ),
    refused=patterns(
        r"""
        \b(prefiro|preferia|preferimos|preferiria|melhor) (nao|n|guardar|manter|me reservar|reservar)\b | \b(nao|n) (te |lhe |me |o |a )?(quero|vou|vamos|queremos|posso|desejo|pretendo|gostaria|gosto|devo|me sinto|sinto|estou|to|tenho interesse)( de| a| em| te| lhe| me| a vontade| a vontade para| a vontade pra| confortavel| confortavel em| muito)* ?(diz\w+|fal\w+|inform\w+|respond\w+|compartilh\w+|revel\w+|cont\w+|dar|passar|divulg\w+|confortavel|a vontade|essa informacao|esse dado|isso|partilh\w+|coment\w+)(?! nada ainda)
        | \b(nao (e|eh) (da )?(sua|tua) conta|nao te interessa|nao lhe interessa|nao interessa|nao (e|eh) assunto|privado|privada|particular|confidencial|pessoal|sigilo|sigiloso|sigilosa|segredo|nao respondo|nao digo|nao informo|nao compartilho|nao falo|nao direi|sem comentarios?|isso e (coisa )?(minha|meu|comigo)|cuide da sua|cuida da sua|me reservo|que te importa|pra que quer saber|por que quer saber|intrometido|isso nao se pergunta|assunto meu|nao (e|eh) publico|nao divulgo|nao passo)\b
        """
    ),
    nothing=patterns(
        r"""
        \b(nao|n|num|nunca|ainda nao) (se |me |te |lhe )?(vendi|vendemos|vendeu|fiz|fizemos|teve|houve|ganhei|ganhamos|tive|tivemos|tenho|temos|tem|ha|contratei|contratamos|faturei|faturamos|recebi|recebemos|trabalhei|trabalhamos|exportei|exportamos|entrou|conto com|possuo|possuimos|consegui)\b ?(nada|nenhum\w*( \w+)?|ninguem|vendas?|nem um\w*( \w+)?|funcionarios?|empregados?|gente|renda|lucro|dinheiro|vender( nada)?|faturamento|colaboradores)?( ainda| mais| por enquanto| no momento| mes passado| no mes passado| este mes| contratad\w+| em tempo integral| em meio periodo| fixos?| comigo| em fevereiro| registrad\w+)*$
        | \b(fechad[oa]s?|fechei|fechamos) (o mes|todo|a loja|por|em|desde|mes)?\b | \bsem (vendas?|funcionarios?|empregados?|renda|movimento|ajudantes|faturamento|ninguem|clientes|colaboradores)\b | \bainda nao (vendi|comecei|comecamos|abri|abrimos|tenho|temos|contratei|vendemos|tem|faturei)\b | \bnao (comecei|comecamos|abri|abrimos) (ainda)?\b | \b(zero|nenhum\w*|nada|ninguem) (vendas?|funcionarios?|reais|ainda|mes passado|no mes passado|por enquanto|empregados?|de vendas?|no momento|alem de mim|so eu|mais|trabalha|fixos?|em tempo integral|em fevereiro|em meio periodo|meio periodo)\b | \bnem (um|uma) (real|centavo|venda|pessoa|funcionario|tostao)\b
        """
    ),
    complaints=patterns(
        r"""
        \b(golpe|golpistas?|ladrao|ladroes|merda|porra|caralho|idiotas?|burros?|inutil|inuteis|lixo|chat[oa]s?|encheção|enche o saco|saco cheio|cansad[oa] de|pessimo atendimento|nunca (me )?(ajudam|ajudaram|ligam|ligaram|respondem)|nao servem? pra nada|perda de tempo|reclamacao|reclamar|vergonha|ridiculo|palhacada|ninguem me (ajuda|ajudou|liga|ligou)|absurdo)\b
        """
    ),
    years_ago=patterns(
        r"""
        (?:desde )?(?:ha|faz|fazem|a)(?: uns| umas| mais ou menos| cerca de| quase| ja)* (?P<n>\d+|[a-z]+(?: e [a-z]+)?) (?P<unit>anos?|mes|meses|semanas?|dias?)(?: atras)?
        | (?P<n>\d+|[a-z]+) (?P<unit>anos?|mes|meses|semanas?|dias?) atras
        | (?P<n>\d+|[a-z]+) (?P<unit>anos?|mes|meses|semanas?|dias?)
        """
    ),
    dates={
        "today": listed("hoje | agora | hj | hoje mesmo | hoje de manha"),
        "yesterday": listed("ontem | ontem a noite | ontem mesmo"),
        "before_yesterday": listed("anteontem | antes de ontem | antontem"),
        "last_week": listed("semana passada | na semana passada | a semana passada | ha uma semana | faz uma semana"),
        "this_week": listed("esta semana | essa semana"),
        "last_month": listed("mes passado | no mes passado | o mes passado | ha um mes | faz um mes | mes anterior"),
        "this_month": listed("este mes | esse mes | neste mes"),
        "last_year": listed("ano passado | no ano passado | o ano passado | ha um ano | faz um ano | ano anterior"),
        "this_year": listed("este ano | esse ano | neste ano"),
        "year_before_last": listed("ano retrasado | no ano retrasado | o ano retrasado | ha dois anos"),
        "last": listed("passado | ultimo | do ano passado"),
        "this": listed("deste ano | desse ano"),
        "future": listed("proximo | proxima | amanha | que vem | ainda nao | em breve"),
        "around": listed(
            "inicio de | no inicio de | comeco de | no comeco de | final de | no final de | fim de | no fim de | meados de | em meados de | verao | natal | pascoa | antes de | depois de | por volta de | acho que | mais ou menos | la por"
        ),
    },
)
