// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/promptpane.h"

#include "app/library/promptcollection.h"
#include "app/timeline/promptvariables.h"
#include "app/validation/promptadvice.h"
#include "ui/look/icons.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/prompt/advicelist.h"
#include "ui/prompt/prompthighlighter.h"
#include "ui/prompt/promptlabels.h"
#include "ui/prompt/requestform.h"
#include "ui/prompt/variabletable.h"
#include "ui/widgets/typedtextedit.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>

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
    column->setSpacing(scaledInt(metrics, 6));
    makePrompt(column);
    m_form = new RequestForm(this);
    column->addWidget(m_form);
    connect(m_form, &RequestForm::edited, this, &PromptPane::take);
    connect(m_form, &RequestForm::settingsRequested, this, &PromptPane::settingsRequested);
    connect(m_form, &RequestForm::profileChanged, this, [this] {
        refreshButtons();
        Q_EMIT profileChanged();
    });
    page->installEventFilter(this);
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
    QLabel *heading = newHeading(tr("&Prompt"), this);
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

    m_prompt = new TypedTextEdit(this);
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
    m_words = newNote(this);
    m_words->setObjectName(QStringLiteral("wordCount"));
    QLabel *hint = newNote(this);
    hint->setText(tr("Ctrl+Space inserts a variable"));
    hint->setAlignment(Qt::AlignRight);
    auto *under = new QHBoxLayout;
    under->addWidget(m_words);
    under->addWidget(hint, 1);
    column->addLayout(under);
    m_advice = new AdviceList(this);
    column->addWidget(m_advice);

    column->addWidget(newHeading(tr("Variables"), this));
    m_noVariables = newNote(this);
    m_noVariables->setText(tr("None yet. A prompt that says {{name}} gets the value from here."));
    m_variables = new VariableTable(this);
    column->addWidget(m_noVariables);
    column->addWidget(m_variables);

    connect(m_prompt, &TypedTextEdit::typed, this, &PromptPane::take);
    connect(m_advice, &AdviceList::insertRequested, this, &PromptPane::insertSentence);
    connect(m_variables, &VariableTable::edited, this,
            [this](const QString &name, const QString &value) {
                if (value.isEmpty()) {
                    m_draft.variables.remove(name);
                } else {
                    m_draft.variables.insert(name, value);
                }
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
    m_keys = newNote(this);
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
                m_form->choose(prompt.service, prompt.severity);
                take();
                focusPrompt();
            });
        }
    }
    if (menu->isEmpty()) {
        menu->addAction(tr("No prompts were found"))->setEnabled(false);
    }
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
    if (m_prompt->text() != draft.prompt) {
        setPromptText(draft.prompt);
    }
    m_form->setDraft(draft);
    m_isShowing = false;
    refresh();
}

void PromptPane::setServices(const QStringList &services)
{
    m_form->setServices(services);
}

void PromptPane::setTimelineVariables(const QMap<QString, QString> &variables)
{
    m_timelineVariables = variables;
    refresh();
}

void PromptPane::take()
{
    if (m_isShowing) {
        return;
    }
    PromptDraft draft = m_form->appliedTo(m_draft);
    draft.prompt = m_prompt->text();
    if (draft == m_draft) {
        return;
    }
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
    m_form->follow(m_draft);
    refreshButtons();
}

void PromptPane::setProfiles(const QList<GeneratorProfile> &profiles, const QString &fallback)
{
    m_form->setProfiles(profiles, fallback);
    refreshButtons();
}

std::optional<GeneratorProfile> PromptPane::profile() const
{
    return m_form->profile();
}

int PromptPane::variants() const
{
    return m_form->variants();
}

qint64 PromptPane::nextSeed()
{
    return m_form->nextSeed();
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
    for (const PromptVariable &variable : used) {
        names.append(variable.name);
    }
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
    // Words that wrap need more height in less width, which a scroll area does not find out.
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest) {
        auto *page = static_cast<QWidget *>(watched);
        if (page->layout() && watched != m_prompt) {
            page->setMinimumHeight(page->layout()->totalMinimumHeightForWidth(page->width()));
        }
    }
    return QWidget::eventFilter(watched, event);
}
