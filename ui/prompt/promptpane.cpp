// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/promptpane.h"

#include "app/generation/promptadvice.h"
#include "app/scenario/promptcollection.h"
#include "app/timeline/promptvariables.h"
#include "ui/icons.h"
#include "ui/marks.h"
#include "ui/prompt/advicelist.h"
#include "ui/prompt/variabletable.h"
#include "ui/properties/prompthighlighter.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QScrollArea>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>

namespace {

constexpr int MostVariants = 5;
constexpr int LargestNewSeed = 10000;
/** What a generator tells its model beside the prompt, and what comes back, in tokens. */
constexpr qsizetype UsualInstructions = 1100;
constexpr qsizetype UsualAnswer = 650;
constexpr qsizetype LettersInToken = 4;

int spinnable(qint64 seed)
{
    return int(std::clamp<qint64>(seed, 0, std::numeric_limits<int>::max()));
}

QLabel *headingOf(const QString &text, QWidget *parent)
{
    auto *heading = new QLabel(text, parent);
    QFont bold = parent->font();
    bold.setWeight(QFont::DemiBold);
    heading->setFont(bold);
    return heading;
}

QLabel *noteOf(QWidget *parent)
{
    auto *note = new QLabel(parent);
    QFont small = parent->font();
    small.setPointSizeF(parent->font().pointSizeF() * 0.88);
    note->setFont(small);
    note->setForegroundRole(QPalette::PlaceholderText);
    note->setWordWrap(true);
    return note;
}

} // namespace

PromptPane::PromptPane(QWidget *parent)
    : QWidget(parent)
{
    const QFontMetricsF metrics(font());
    const int side = scaledInt(metrics, 14);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *page = new QWidget(scroll);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(side, scaledInt(metrics, 12), side, scaledInt(metrics, 8));
    column->setSpacing(scaledInt(metrics, 8));
    makePrompt(column);
    makeGenerator(column);
    scroll->setWidget(page);

    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(scroll, 1);
    // Always in sight, however long the rest is.
    auto *below = new QVBoxLayout;
    below->setContentsMargins(side, scaledInt(metrics, 4), side, scaledInt(metrics, 8));
    below->setSpacing(scaledInt(metrics, 4));
    makeButtons(below);
    whole->addLayout(below);
    refresh();
}

void PromptPane::makePrompt(QVBoxLayout *column)
{
    const QFontMetricsF metrics(font());
    QLabel *heading = headingOf(tr("&Prompt"), this);
    m_saved = new QPushButton(tr("Saved prompts"), this);
    m_saved->setObjectName(QStringLiteral("savedPrompts"));
    m_saved->setAutoDefault(false);
    auto *menu = new QMenu(m_saved);
    m_saved->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillSaved(menu); });
    auto *head = new QHBoxLayout;
    head->addWidget(heading);
    head->addStretch(1);
    head->addWidget(m_saved);
    column->addLayout(head);

    m_prompt = new QPlainTextEdit(this);
    m_prompt->setObjectName(QStringLiteral("promptText"));
    m_prompt->setAccessibleName(tr("Prompt"));
    m_prompt->setTabChangesFocus(true);
    m_prompt->setPlaceholderText(tr("What goes wrong, how far a metric goes, since when, and who "
                                    "is affected. {{service}} and {{severity}} are filled in."));
    m_prompt->setMinimumHeight(scaledInt(metrics, 104));
    // It takes what the rest leaves, and asks for no more than that.
    m_prompt->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_prompt->installEventFilter(this);
    new PromptHighlighter(m_prompt);
    heading->setBuddy(m_prompt);
    column->addWidget(m_prompt, 1);
    m_words = noteOf(this);
    m_words->setObjectName(QStringLiteral("wordCount"));
    QLabel *hint = noteOf(this);
    hint->setText(tr("Ctrl+Space inserts a variable"));
    hint->setAlignment(Qt::AlignRight);
    auto *under = new QHBoxLayout;
    under->addWidget(m_words);
    under->addWidget(hint, 1);
    column->addLayout(under);
    m_advice = new AdviceList(this);
    column->addWidget(m_advice);

    column->addWidget(headingOf(tr("Variables"), this));
    m_noVariables = noteOf(this);
    m_noVariables->setText(tr("None yet. A prompt that says {{name}} gets the value from here."));
    m_variables = new VariableTable(this);
    column->addWidget(m_noVariables);
    column->addWidget(m_variables);

    connect(m_prompt, &QPlainTextEdit::textChanged, this, &PromptPane::take);
    connect(m_advice, &AdviceList::insertRequested, this, &PromptPane::insertSentence);
    connect(m_variables, &VariableTable::edited, this,
            [this](const QString &name, const QString &value) {
                if (value.isEmpty())
                    m_draft.variables.remove(name);
                else
                    m_draft.variables.insert(name, value);
                // Once the cell has been left: it may be gone afterwards.
                QMetaObject::invokeMethod(
                    this,
                    [this] {
                        refresh();
                        Q_EMIT draftChanged();
                    },
                    Qt::QueuedConnection);
            });
}

void PromptPane::addRow(QGridLayout *grid, const QString &label, QWidget *field)
{
    const int row = grid->rowCount();
    auto *name = new QLabel(label, this);
    name->setMinimumHeight(scaledInt(QFontMetricsF(font()), 30));
    name->setBuddy(field->focusProxy() ? field->focusProxy() : field);
    grid->addWidget(name, row, 0, Qt::AlignLeft | Qt::AlignTop);
    grid->addWidget(field, row, 1);
}

void PromptPane::makeGenerator(QVBoxLayout *column)
{
    const QFontMetricsF metrics(font());
    const int high = scaledInt(metrics, 30);
    column->addWidget(headingOf(tr("Generator"), this));
    auto *form = new QGridLayout;
    form->setHorizontalSpacing(scaledInt(metrics, 12));
    form->setVerticalSpacing(scaledInt(metrics, 6));
    form->setColumnStretch(1, 1);
    column->addLayout(form);
    const auto beside = [this, &metrics](std::initializer_list<QWidget *> widgets) {
        auto *both = new QWidget(this);
        auto *row = new QHBoxLayout(both);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(scaledInt(metrics, 8));
        for (QWidget *widget : widgets)
            row->addWidget(widget, widget == *(widgets.end() - 1) ? 1 : 0);
        both->setFocusProxy(*widgets.begin());
        return both;
    };

    m_service = new QComboBox(this);
    m_service->setObjectName(QStringLiteral("promptService"));
    m_service->setAccessibleName(tr("Service"));
    m_service->setEditable(true);
    m_service->setInsertPolicy(QComboBox::NoInsert);
    m_serviceError = noteOf(this);
    m_serviceError->setText(tr("Letters, digits, - and _ only, 1 to 255 of them."));
    m_serviceError->hide();
    auto *service = new QWidget(this);
    auto *stack = new QVBoxLayout(service);
    stack->setContentsMargins(0, 0, 0, 0);
    stack->setSpacing(scaledInt(metrics, 2));
    stack->addWidget(m_service);
    stack->addWidget(m_serviceError);
    service->setFocusProxy(m_service);
    addRow(form, tr("Servic&e"), service);

    m_severity = new SegmentedControl(this);
    m_severity->setObjectName(QStringLiteral("promptSeverity"));
    for (const Severity severity :
         {Severity::Low, Severity::Medium, Severity::High, Severity::Critical})
        m_severity->addChoice({}, severityIcon(severity), severityName(severity));
    addRow(form, tr("Severity"), m_severity);

    m_profile = new QComboBox(this);
    m_profile->setObjectName(QStringLiteral("promptProfile"));
    m_profile->setAccessibleName(tr("Generator"));
    auto *settings = new QToolButton(this);
    settings->setObjectName(QStringLiteral("promptSettings"));
    settings->setIcon(icon(Glyph::Settings));
    settings->setAutoRaise(true);
    settings->setToolTip(tr("Generators and their keys"));
    settings->setAccessibleName(settings->toolTip());
    auto *profile = new QWidget(this);
    auto *row = new QHBoxLayout(profile);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_profile, 1);
    row->addWidget(settings);
    profile->setFocusProxy(m_profile);
    addRow(form, tr("Pro&file"), profile);
    m_what = noteOf(this);
    m_what->setObjectName(QStringLiteral("whatGenerator"));
    form->addWidget(m_what, form->rowCount(), 1);

    m_seed = new QSpinBox(this);
    m_seed->setObjectName(QStringLiteral("promptSeed"));
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setFixedWidth(scaledInt(metrics, 92));
    m_newSeed = new QCheckBox(tr("Ne&w each time"), this);
    m_newSeed->setObjectName(QStringLiteral("newSeed"));
    addRow(form, tr("See&d"), beside({m_seed, m_newSeed}));
    m_variants = new QSpinBox(this);
    m_variants->setObjectName(QStringLiteral("variantCount"));
    m_variants->setAccessibleName(tr("Variants"));
    m_variants->setRange(1, MostVariants);
    m_variants->setFixedWidth(scaledInt(metrics, 92));
    m_estimate = noteOf(this);
    m_estimate->setObjectName(QStringLiteral("estimate"));
    addRow(form, tr("&Variants"), beside({m_variants, m_estimate}));

    for (QComboBox *box : {m_service, m_profile}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumHeight(high);
    }
    for (QWidget *field :
         std::initializer_list<QWidget *>{m_service, m_profile, m_seed, m_variants}) {
        field->setMinimumHeight(high);
        field->setFocusPolicy(Qt::StrongFocus);
        field->installEventFilter(this);
    }
    connect(m_service, &QComboBox::currentTextChanged, this, &PromptPane::take);
    connect(m_severity, &SegmentedControl::chosen, this, &PromptPane::take);
    connect(m_seed, &QSpinBox::valueChanged, this, &PromptPane::take);
    connect(m_newSeed, &QCheckBox::toggled, this, &PromptPane::take);
    connect(m_variants, &QSpinBox::valueChanged, this, &PromptPane::refreshProfile);
    connect(m_profile, &QComboBox::currentIndexChanged, this, [this] {
        refreshProfile();
        Q_EMIT profileChanged();
    });
    connect(settings, &QToolButton::clicked, this, &PromptPane::settingsRequested);
}

void PromptPane::makeButtons(QVBoxLayout *column)
{
    const QFontMetricsF metrics(font());
    m_generate = new QPushButton(this);
    m_generate->setObjectName(QStringLiteral("generate"));
    m_stop = new QPushButton(icon(Glyph::Stop), tr("Sto&p"), this);
    m_stop->setObjectName(QStringLiteral("stopGenerating"));
    for (QPushButton *button : {m_generate, m_stop}) {
        button->setMinimumHeight(scaledInt(metrics, 32));
        button->setAutoDefault(false);
    }
    auto *row = new QHBoxLayout;
    row->setSpacing(scaledInt(metrics, 8));
    row->addWidget(m_generate, 1);
    row->addWidget(m_stop);
    column->addLayout(row);
    m_keys = noteOf(this);
    column->addWidget(m_keys);
    connect(m_generate, &QPushButton::clicked, this, &PromptPane::generateRequested);
    connect(m_stop, &QPushButton::clicked, this, &PromptPane::stopRequested);
}

void PromptPane::fillSaved(QMenu *menu)
{
    menu->clear();
    const PromptCollections saved = PromptCollections::standard();
    for (const PromptCollection &collection : saved.collections) {
        QMenu *prompts = menu->addMenu(QString(collection.name).replace(u'&', QLatin1String("&&")));
        for (const CollectionPrompt &prompt : collection.prompts) {
            QAction *choice =
                prompts->addAction(severityIcon(prompt.severity),
                                   QString(prompt.title).replace(u'&', QLatin1String("&&")));
            connect(choice, &QAction::triggered, this, [this, prompt] {
                setPromptText(prompt.prompt);
                if (!prompt.service.isEmpty())
                    m_service->setCurrentText(prompt.service);
                m_severity->setCurrent(int(prompt.severity));
                take();
                focusPrompt();
            });
        }
    }
    if (menu->isEmpty())
        menu->addAction(tr("No prompts were found"))->setEnabled(false);
}

void PromptPane::setPromptText(const QString &text)
{
    // By the cursor, so that the text's own undo brings the old one back.
    QTextCursor cursor(m_prompt->document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
}

void PromptPane::setDraft(const PromptDraft &draft)
{
    m_isShowing = true;
    m_draft = draft;
    if (m_prompt->toPlainText() != draft.prompt)
        setPromptText(draft.prompt);
    m_service->setCurrentText(draft.service);
    m_severity->setCurrent(int(draft.severity));
    m_newSeed->setChecked(!draft.seed);
    if (draft.seed)
        m_seed->setValue(spinnable(*draft.seed));
    else if (m_seed->value() == 0)
        m_seed->setValue(QRandomGenerator::global()->bounded(1, LargestNewSeed));
    m_isShowing = false;
    refresh();
}

void PromptPane::setServices(const QStringList &services)
{
    QStringList now;
    for (int i = 0; i < m_service->count(); ++i)
        now << m_service->itemText(i);
    if (now == services)
        return;
    const bool wasShowing = std::exchange(m_isShowing, true);
    const QString text = m_service->currentText();
    m_service->clear();
    m_service->addItems(services);
    m_service->setCurrentText(text);
    m_isShowing = wasShowing;
}

void PromptPane::setTimelineVariables(const QMap<QString, QString> &variables)
{
    m_timelineVariables = variables;
    refresh();
}

void PromptPane::setProfiles(const QList<GeneratorProfile> &profiles, const QString &fallback)
{
    const QString before = m_profile->currentData().toString();
    const QSignalBlocker quiet(m_profile);
    m_profiles = profiles;
    m_profile->clear();
    for (const GeneratorProfile &profile : profiles)
        m_profile->addItem(profile.model.isEmpty() || !profile.usesNetwork()
                               ? profile.name
                               : tr("%1, %2").arg(profile.name, profile.model),
                           profile.name);
    const int kept = m_profile->findData(before.isEmpty() ? fallback : before);
    m_profile->setCurrentIndex(std::max(0, kept));
    refreshProfile();
}

std::optional<GeneratorProfile> PromptPane::profile() const
{
    const int index = m_profile->currentIndex();
    return index >= 0 && index < m_profiles.size()
               ? std::optional<GeneratorProfile>(m_profiles[index])
               : std::nullopt;
}

int PromptPane::variants() const
{
    return m_variants->value();
}

qint64 PromptPane::nextSeed()
{
    if (m_newSeed->isChecked()) {
        const bool wasShowing = std::exchange(m_isShowing, true);
        m_seed->setValue(QRandomGenerator::global()->bounded(1, LargestNewSeed));
        m_isShowing = wasShowing;
    }
    return m_seed->value();
}

void PromptPane::take()
{
    if (m_isShowing)
        return;
    QString text = m_prompt->document()->toRawText();
    PromptDraft draft = m_draft;
    draft.prompt = text.replace(QChar::ParagraphSeparator, u'\n');
    draft.service = m_service->currentText().trimmed();
    draft.severity = Severity(std::max(0, m_severity->current()));
    if (m_newSeed->isChecked())
        draft.seed.reset();
    else if (!draft.seed ||
             spinnable(*draft.seed) != m_seed->value()) // a file may have larger ones
        draft.seed = m_seed->value();
    m_seed->setEnabled(!m_newSeed->isChecked());
    if (draft == m_draft)
        return;
    m_draft = draft;
    refresh();
    Q_EMIT draftChanged();
}

void PromptPane::refresh()
{
    const int count = wordCount(m_draft.prompt);
    m_words->setText(count == 1 ? tr("1 word") : tr("%1 words").arg(count));
    m_advice->setAdvice(promptAdvice(m_draft.prompt, m_draft.severity));
    m_variables->setVariables(m_draft, m_timelineVariables);
    m_variables->setVisible(m_variables->rowCount() > 0);
    m_noVariables->setVisible(m_variables->rowCount() == 0);
    m_serviceError->setVisible(!isValidServiceName(m_draft.service));
    QPalette ink = palette();
    ink.setColor(QPalette::PlaceholderText, Theme::of(ink).error);
    m_serviceError->setPalette(ink);
    m_seed->setEnabled(!m_newSeed->isChecked());
    refreshProfile();
}

void PromptPane::refreshProfile()
{
    const std::optional<GeneratorProfile> chosen = profile();
    QString what;
    if (!chosen)
        what = tr("There is no generator; add one in the settings.");
    else if (chosen->kind == GeneratorProfile::Kind::Offline)
        what = tr("Built in, not an LLM: varies prepared kinds of trouble by the words of the "
                  "prompt and the seed. No network, no cost.");
    else if (chosen->kind == GeneratorProfile::Kind::Backend)
        what = tr("Only the prompt is sent, and AIRRA makes the scenario: nothing can be "
                  "previewed or pinned.");
    else if (chosen->model.isEmpty())
        what = tr("No model is chosen; see the settings.");
    else
        what = tr("The prompt goes to %1.").arg(chosen->base.host());
    m_what->setText(what);

    const bool isFree = !chosen || !chosen->usesNetwork();
    const auto each = UsualInstructions + m_draft.prompt.size() / LettersInToken + UsualAnswer;
    const auto about = (each * variants() + 50) / 100 * 100;
    m_estimate->setText(isFree ? tr("no tokens")
                               : tr("about %1 tokens").arg(QLocale().toString(about)));
    refreshButtons();
}

bool PromptPane::canGenerate() const
{
    const std::optional<GeneratorProfile> chosen = profile();
    return chosen && chosen->kind != GeneratorProfile::Kind::Backend &&
           !m_draft.prompt.trimmed().isEmpty() && isValidServiceName(m_draft.service);
}

void PromptPane::setBusy(int busy)
{
    m_busy = busy;
    refreshButtons();
}

void PromptPane::refreshButtons()
{
    if (!m_generate)
        return;
    const bool isBusy = m_busy > 0;
    m_generate->setEnabled(!isBusy && canGenerate());
    m_generate->setText(isBusy ? tr("Generating, %1 to go").arg(m_busy) : tr("&Generate"));
    m_generate->setIcon(isBusy ? stateIcon(IncidentState::Preparing) : icon(Glyph::Fire));
    m_stop->setEnabled(isBusy);
    m_keys->setText(isBusy ? tr("Esc stops and keeps what is done.")
                    : m_draft.prompt.trimmed().isEmpty()
                        ? tr("Write a prompt first.")
                        : tr("Ctrl+Enter generates. Esc stops and keeps what is done."));
}

void PromptPane::focusPrompt()
{
    m_prompt->setFocus(Qt::OtherFocusReason);
    m_prompt->moveCursor(QTextCursor::End);
}

void PromptPane::insertSentence(const QString &sentence)
{
    QTextCursor cursor(m_prompt->document());
    cursor.movePosition(QTextCursor::End);
    const QString before = m_draft.prompt;
    const bool needsBlank = !before.isEmpty() && !before.back().isSpace();
    cursor.insertText(needsBlank ? QString(u' ' + sentence) : sentence);
    m_prompt->setTextCursor(cursor);
    m_prompt->setFocus(Qt::OtherFocusReason);
}

void PromptPane::insertVariable()
{
    QStringList names{QStringLiteral("service"), QStringLiteral("severity")};
    names += m_timelineVariables.keys();
    names += m_draft.variables.keys();
    const QList<PromptVariable> used = promptVariables(m_draft.prompt);
    for (const PromptVariable &variable : used)
        names.append(variable.name);
    names.removeDuplicates();
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("variableMenu"));
    for (const QString &name : std::as_const(names)) {
        connect(menu.addAction(u"{{" + name + u"}}"), &QAction::triggered, this,
                [this, name] { m_prompt->insertPlainText(u"{{" + name + u"}}"); });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("A new one")), &QAction::triggered, this, [this] {
        m_prompt->insertPlainText(QStringLiteral("{{name}}"));
        QTextCursor cursor = m_prompt->textCursor();
        cursor.movePosition(QTextCursor::Left, QTextCursor::MoveAnchor, 2);
        cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, 4);
        m_prompt->setTextCursor(cursor);
    });
    menu.setActiveAction(menu.actions().constFirst());
    menu.exec(m_prompt->viewport()->mapToGlobal(m_prompt->cursorRect().bottomLeft()));
}

bool PromptPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_prompt && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::ControlModifier) {
            insertVariable();
            return true;
        }
    }
    // The wheel scrolls the pane; it changes only the field that one is in.
    if (event->type() == QEvent::Wheel && watched != m_prompt &&
        !static_cast<QWidget *>(watched)->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}
