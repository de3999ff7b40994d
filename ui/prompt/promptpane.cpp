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
#include "ui/prompt/variabletable.h"
#include "ui/widgets/livelook.h"
#include "ui/widgets/numberbox.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/typedtextedit.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <algorithm>

namespace {

int spinnable(qint64 seed)
{
    return int(std::clamp<qint64>(seed, 0, std::numeric_limits<int>::max()));
}

} // namespace

QLabel *PromptPane::newHeading(const QString &text)
{
    auto *heading = new QLabel(text, this);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    heading->setFont(bold);
    return heading;
}

QLabel *PromptPane::newNote()
{
    auto *note = new QLabel(this);
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.88);
    note->setFont(small);
    note->setForegroundRole(QPalette::PlaceholderText);
    note->setWordWrap(true);
    return note;
}

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
    makeGenerator(column);
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
    QLabel *heading = newHeading(tr("&Prompt"));
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
    m_words = newNote();
    m_words->setObjectName(QStringLiteral("wordCount"));
    QLabel *hint = newNote();
    hint->setText(tr("Ctrl+Space inserts a variable"));
    hint->setAlignment(Qt::AlignRight);
    auto *under = new QHBoxLayout;
    under->addWidget(m_words);
    under->addWidget(hint, 1);
    column->addLayout(under);
    m_advice = new AdviceList(this);
    column->addWidget(m_advice);

    column->addWidget(newHeading(tr("Variables")));
    m_noVariables = newNote();
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
                if (!prompt.service.isEmpty()) {
                    m_service->setCurrentText(prompt.service);
                }
                m_severity->setCurrent(int(prompt.severity));
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
    m_service->setCurrentText(draft.service);
    m_severity->setCurrent(int(draft.severity));
    m_newSeed->setChecked(!draft.seed);
    if (draft.seed) {
        m_seed->setValue(spinnable(*draft.seed));
    } else if (m_seed->value() == 0) {
        m_seed->setValue(newSeed());
    }
    m_isShowing = false;
    refresh();
}

void PromptPane::setServices(const QStringList &services)
{
    QStringList now;
    for (int i = 0; i < m_service->count(); ++i) {
        now << m_service->itemText(i);
    }
    if (now == services) {
        return;
    }
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

void PromptPane::take()
{
    if (m_isShowing) {
        return;
    }
    PromptDraft draft = m_draft;
    draft.prompt = m_prompt->text();
    draft.service = m_service->currentText().trimmed();
    draft.severity = Severity(std::max(0, m_severity->current()));
    if (m_newSeed->isChecked()) {
        draft.seed.reset();
    } else if (!draft.seed ||
               spinnable(*draft.seed) != m_seed->wholeValue()) { // a file may have larger ones
        draft.seed = m_seed->wholeValue();
    }
    m_seed->setEnabled(!m_newSeed->isChecked());
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
    m_serviceError->setVisible(!isValidServiceName(m_draft.service));
    m_seed->setEnabled(!m_newSeed->isChecked());
    refreshProfile();
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
    // The wheel scrolls the pane; it changes only the field that one is in.
    if (event->type() == QEvent::Wheel && watched != m_prompt &&
        !static_cast<QWidget *>(watched)->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}
