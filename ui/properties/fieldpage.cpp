// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/properties/fieldpage.h"

#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/widgets/typedtextedit.h"

#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>
#include <cmath>

namespace {

/** A heading with a line beside it. */
class Heading : public QWidget
{
public:
    Heading(const QString &text, QWidget *parent)
        : QWidget(parent)
    {
        auto *row = new QHBoxLayout(this);
        const QFontMetricsF metrics(font());
        row->setContentsMargins(0, scaledInt(metrics, 8), 0, 0);
        row->setSpacing(scaledInt(metrics, 8));
        auto *label = new QLabel(text, this);
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        label->setFont(bold);
        label->setForegroundRole(QPalette::PlaceholderText);
        auto *line = new QFrame(this);
        line->setFrameShape(QFrame::HLine);
        line->setForegroundRole(QPalette::Mid);
        row->addWidget(label);
        row->addWidget(line, 1);
    }
};

bool takesTheWheel(const QObject *field)
{
    return qobject_cast<const QAbstractSpinBox *>(field) || qobject_cast<const QComboBox *>(field);
}

} // namespace

FieldPage::FieldPage(TimelineDocument &document, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_column(new QVBoxLayout(this))
{
    const QFontMetricsF metrics(font());
    const int side = scaledInt(metrics, 12);
    m_column->setContentsMargins(side, scaledInt(metrics, 8), side, side);
    m_column->setSpacing(scaledInt(metrics, 8));
}

void FieldPage::addHeading(const QString &text)
{
    m_column->addWidget(new Heading(text, this));
    m_form = nullptr;
}

void FieldPage::addField(const QString &label, QWidget *field)
{
    if (!m_form) {
        const QFontMetricsF metrics(font());
        m_form = new QFormLayout;
        m_form->setHorizontalSpacing(scaledInt(metrics, 12));
        m_form->setVerticalSpacing(scaledInt(metrics, 8));
        m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        m_column->addLayout(m_form);
    }
    auto *name = new QLabel(label, this);
    // All fields of a page begin below each other, whatever heading they belong to.
    name->setMinimumWidth(scaledInt(QFontMetricsF(font()), 64));
    name->setMinimumHeight(scaledInt(QFontMetricsF(font()), 30));
    name->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    name->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    // A box around several fields only names the one that its label leads to: with a proxy it would
    // be a tab stop of its own, before whatever stands between it and the field.
    QWidget *first = field->focusProxy() ? field->focusProxy() : field;
    field->setFocusProxy(nullptr);
    name->setBuddy(first);
    m_form->addRow(name, field);
    watch(field);
}

void FieldPage::addWide(QWidget *field)
{
    m_column->addWidget(field);
    m_form = nullptr;
    watch(field);
}

QLineEdit *FieldPage::newLine(const QString &accessibleName)
{
    auto *edit = new QLineEdit(this);
    edit->setAccessibleName(accessibleName);
    edit->setMinimumHeight(scaledInt(QFontMetricsF(font()), 30));
    return edit;
}

TypedTextEdit *FieldPage::newText(const QString &accessibleName, int least)
{
    auto *edit = new TypedTextEdit(this);
    edit->setAccessibleName(accessibleName);
    edit->setTabChangesFocus(true);
    const auto fit = [edit, least] {
        const QFontMetricsF metrics(edit->font());
        const qreal room = 2 * edit->document()->documentMargin() + 2 * edit->frameWidth() + 2;
        const int lines =
            std::clamp(int(std::ceil(edit->document()->size().height())), least, 3 * least);
        edit->setFixedHeight(int(std::ceil(metrics.lineSpacing() * lines + room)));
    };
    connect(edit->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged,
            edit, fit);
    fit();
    return edit;
}

QLabel *FieldPage::newNote()
{
    auto *note = new QLabel(this);
    QFont small = font();
    small.setPointSizeF(font().pointSizeF() * 0.84);
    note->setFont(small);
    note->setForegroundRole(QPalette::PlaceholderText);
    note->setWordWrap(true);
    return note;
}

void FieldPage::addEnd()
{
    m_column->addStretch(1);
}

QString FieldPage::gesture(const QString &field) const
{
    return field + u' ' + QString::number(m_gesture);
}

void FieldPage::watch(QWidget *field)
{
    // A field may be one beside or above others; the focus comes to the part that is typed in.
    QList<QWidget *> parts = field->findChildren<QWidget *>();
    parts.prepend(field);
    for (QWidget *part : std::as_const(parts)) {
        part->installEventFilter(this);
        if (takesTheWheel(part)) {
            part->setFocusPolicy(Qt::StrongFocus); // else the wheel would bring the focus as well
        }
    }
    if (auto *line = qobject_cast<QLineEdit *>(field)) {
        connect(line, &QLineEdit::returnPressed, this, &FieldPage::done);
    }
}

bool FieldPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn) {
        beginGestures();
    }
    // What is typed is in the document at once, so undoing it is the document's, too.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return true;
        }
    }
    // The wheel scrolls the page; it changes only the field that one is in.
    if (event->type() == QEvent::Wheel && takesTheWheel(watched) &&
        !static_cast<QWidget *>(watched)->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void FieldPage::showText(QLineEdit *edit, const QString &text, bool mixed)
{
    edit->setPlaceholderText(mixed ? tr("mixed") : edit->property("hint").toString());
    const QString shown = mixed ? QString() : text;
    if (edit->text() == shown) {
        return;
    }
    edit->setText(shown);
    if (!edit->hasFocus()) {
        edit->setCursorPosition(0); // a long text shows its beginning
    }
}

void FieldPage::showText(TypedTextEdit *edit, const QString &text, bool mixed)
{
    edit->setPlaceholderText(mixed ? tr("mixed") : edit->property("hint").toString());
    edit->showText(mixed ? QString() : text);
}

void FieldPage::showFlag(QCheckBox *box, bool value, bool mixed)
{
    box->setTristate(mixed);
    box->setCheckState(mixed ? Qt::PartiallyChecked : value ? Qt::Checked : Qt::Unchecked);
}
