// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/variantpage.h"

#include "app/library/scenariolibrary.h"
#include "ui/library/metrictable.h"
#include "ui/look/icons.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/prompt/chiplist.h"
#include "ui/prompt/contexttext.h"
#include "ui/prompt/qualitypanel.h"
#include "ui/widgets/livelook.h"
#include "ui/widgets/typedtextedit.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QToolButton>
#include <algorithm>

using Part = GenerationRequest::Part;

namespace {

/** What generators write into a context about themselves; nobody has to read or edit it. */
constexpr const char *MachineKeys[]{"generated_by", "generation_prompt", "generated_at"};

QJsonObject written(QJsonObject context)
{
    for (const char *key : MachineKeys) {
        context.remove(QLatin1String(key));
    }
    return context;
}

} // namespace

VariantPage::VariantPage(const ScenarioLibrary &scenarios, QWidget *parent)
    : QScrollArea(parent)
    , m_scenarios(scenarios)
{
    setObjectName(QStringLiteral("variantPage"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const QFontMetricsF metrics(font());
    auto *page = new QWidget(this);
    page->setAutoFillBackground(false);
    auto *column = new QVBoxLayout(page);
    const int side = scaledInt(metrics, 14);
    column->setContentsMargins(side, scaledInt(metrics, 12), side, side);
    column->setSpacing(scaledInt(metrics, 12));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(scaledInt(metrics, 8));
    grid->setVerticalSpacing(scaledInt(metrics, 8));
    grid->setColumnStretch(1, 1);
    makeFields(grid);
    column->addLayout(grid);
    makeMetrics(column);
    m_quality = new QualityPanel(page);
    column->addWidget(m_quality);
    column->addStretch(1);
    setWidget(page);
    connectFields();
}

QToolButton *VariantPage::newAgain(Part part, const QString &what)
{
    auto *button = new QToolButton(this);
    button->setIcon(icon(Glyph::Refresh));
    button->setAutoRaise(true);
    button->setToolTip(tr("Make %1 anew; all else stays").arg(what));
    button->setAccessibleName(button->toolTip());
    button->setProperty("part", int(part));
    connect(button, &QToolButton::clicked, this,
            [this, part] { Q_EMIT regenerateRequested(part); });
    m_again.append(button);
    return button;
}

TypedTextEdit *VariantPage::newText(const char *name, const QString &accessibleName, int lines)
{
    auto *edit = new TypedTextEdit(this);
    edit->setObjectName(QLatin1String(name));
    edit->setAccessibleName(accessibleName);
    edit->setTabChangesFocus(true);
    // As high as its text, within what leaves room for the rest.
    const auto fit = [edit, lines] {
        const QFontMetricsF metrics(edit->font());
        const qreal room =
            2 * edit->document()->documentMargin() + 2 * edit->frameWidth() + scaled(metrics, 6);
        const int shown = std::clamp(int(edit->document()->size().height()), lines, 2 * lines + 1);
        edit->setFixedHeight(int(std::ceil(metrics.lineSpacing() * shown + room)));
    };
    connect(edit->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged,
            edit, fit);
    // Another width breaks the lines elsewhere.
    connect(edit->verticalScrollBar(), &QScrollBar::rangeChanged, edit, fit);
    fit();
    return edit;
}

void VariantPage::addRow(QGridLayout *grid, const QString &label, QWidget *field, Part part,
                         Qt::Alignment alignment)
{
    const int row = grid->rowCount();
    auto *name = new QLabel(label, this);
    name->setBuddy(field);
    name->setMinimumHeight(scaledInt(QFontMetricsF(font()), 30));
    grid->addWidget(name, row, 0, alignment);
    grid->addWidget(field, row, 1);
    QString what = label;
    grid->addWidget(newAgain(part, what.remove(u'&').toLower()), row, 2, alignment);
}

void VariantPage::makeFields(QGridLayout *grid)
{
    const QFontMetricsF metrics(font());
    const int high = scaledInt(metrics, 30);
    m_name = new QLineEdit(this);
    m_name->setObjectName(QStringLiteral("variantName"));
    m_name->setMinimumHeight(high);
    addRow(grid, tr("Na&me"), m_name, Part::Name, Qt::AlignVCenter);

    m_cause = new QComboBox(this);
    m_cause->setObjectName(QStringLiteral("variantCause"));
    m_cause->setAccessibleName(tr("Root cause"));
    m_cause->setEditable(true);
    m_cause->setInsertPolicy(QComboBox::NoInsert);
    m_cause->setMinimumHeight(high);
    m_cause->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_cause->setFocusPolicy(Qt::StrongFocus);
    QStringList causes;
    for (const Scenario &scenario : m_scenarios.scenarios()) {
        if (!scenario.rootCause.isEmpty() && !causes.contains(scenario.rootCause)) {
            causes.append(scenario.rootCause);
        }
    }
    causes.sort();
    m_cause->addItems(causes);
    m_cause->setCurrentIndex(-1);
    auto *cause = new QWidget(this);
    auto *row = new QHBoxLayout(cause);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaledInt(metrics, 6));
    row->addWidget(m_cause, 1);
    auto *severityLabel = new QLabel(tr("Severity"), this);
    severityLabel->setForegroundRole(QPalette::PlaceholderText);
    m_badge = new QLabel(this);
    m_severity = new QLabel(this);
    m_severity->setObjectName(QStringLiteral("variantSeverity"));
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_severity->setFont(bold);
    m_storedAs = new QLabel(this);
    m_storedAs->setForegroundRole(QPalette::PlaceholderText);
    row->addSpacing(scaledInt(metrics, 6));
    for (QLabel *label : {severityLabel, m_badge, m_severity, m_storedAs}) {
        row->addWidget(label);
    }
    cause->setFocusProxy(m_cause);
    addRow(grid, tr("&Root cause"), cause, Part::RootCause, Qt::AlignVCenter);

    m_description = newText("variantDescription", tr("Description"), 3);
    addRow(grid, tr("&Description"), m_description, Part::Description, Qt::AlignTop);
    m_actions = new ChipList(this);
    m_actions->setObjectName(QStringLiteral("variantActions"));
    addRow(grid, tr("Actions"), m_actions, Part::Actions, Qt::AlignTop);

    m_context = newText("variantContext", tr("Context"), 2);
    m_context->setPlaceholderText(tr("recent_deployment: v2.6.1, or JSON"));
    m_context->setToolTip(tr("A line for each key, “key: value”, or a JSON object"));
    m_contextError = new QLabel(this);
    m_contextError->setObjectName(QStringLiteral("contextError"));
    m_contextError->setWordWrap(true);
    m_contextError->setForegroundRole(QPalette::WindowText);
    m_contextError->hide();
    auto *context = new QWidget(this);
    auto *stack = new QVBoxLayout(context);
    stack->setContentsMargins(0, 0, 0, 0);
    stack->setSpacing(scaledInt(metrics, 2));
    stack->addWidget(m_context);
    stack->addWidget(m_contextError);
    context->setFocusProxy(m_context);
    addRow(grid, tr("Conte&xt"), context, Part::Context, Qt::AlignTop);
}

void VariantPage::makeMetrics(QVBoxLayout *column)
{
    const QFontMetricsF metrics(font());
    auto *heading = new QLabel(tr("Metrics"), this);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    heading->setFont(bold);
    auto *hint = new QLabel(tr("Double click or F2 edits a cell"), this);
    hint->setForegroundRole(QPalette::PlaceholderText);
    auto *head = new QHBoxLayout;
    head->addWidget(heading);
    head->addWidget(newAgain(Part::Metrics, tr("the metrics")));
    head->addStretch(1);
    head->addWidget(hint);
    m_metrics = new MetricTable(this);
    m_metrics->setFitted();
    auto *box = new QVBoxLayout;
    box->setSpacing(scaledInt(metrics, 4));
    box->addLayout(head);
    box->addWidget(m_metrics);
    column->addLayout(box);
}

template<typename Set>
void VariantPage::change(const QString &name, const QString &field, Set set)
{
    if (!m_variant || m_isRefreshing) {
        return;
    }
    Scenario after = m_variant->scenario();
    set(after);
    m_variant->edit(name, after, field);
}

void VariantPage::connectFields()
{
    const auto gesture = [this](const char *field) -> QString {
        return QLatin1String(field) + u' ' + QString::number(m_gesture);
    };
    connect(m_name, &QLineEdit::textEdited, this, [this, gesture](const QString &text) {
        change(tr("Change the name"), gesture("name"),
               [&](Scenario &scenario) { scenario.name = text; });
    });
    connect(m_cause, &QComboBox::currentTextChanged, this, [this, gesture](const QString &text) {
        change(tr("Change the root cause"), gesture("cause"),
               [&](Scenario &scenario) { scenario.rootCause = text.trimmed(); });
    });
    connect(m_description, &TypedTextEdit::typed, this, [this, gesture](const QString &text) {
        change(tr("Change the description"), gesture("description"),
               [&](Scenario &scenario) { scenario.description = text; });
    });
    connect(m_actions, &ChipList::edited, this, [this] {
        change(tr("Change the actions"), {},
               [&](Scenario &scenario) { scenario.expectedActions = m_actions->words(); });
    });
    connect(m_context, &TypedTextEdit::typed, this, &VariantPage::takeContext);
    connect(m_metrics, &MetricTable::changed, this, [this] {
        change(tr("Change the metrics"), m_metrics->gesture(),
               [&](Scenario &scenario) { scenario.metrics = m_metrics->model()->metrics(); });
    });
    connect(m_quality, &QualityPanel::problemActivated, this, &VariantPage::showPlace);
    connect(m_quality, &QualityPanel::fixRequested, this, [this](const QualityProblem &problem) {
        if (!m_variant) {
            return;
        }
        if (const auto fix = fixFor(problem, m_variant->scenario())) {
            m_variant->edit(fix->label, fix->scenario);
        }
    });
    for (QWidget *field : std::initializer_list<QWidget *>{m_name, m_cause, m_cause->lineEdit(),
                                                           m_description, m_context}) {
        field->installEventFilter(this);
    }
}

void VariantPage::setVariant(Variant *variant)
{
    if (variant != m_variant) {
        if (m_variant) {
            m_variant->disconnect(this);
        }
        m_variant = variant;
        ++m_gesture;
        showContextError({});
        m_context->setProperty("shown", false);
        // Closes the cell that is still being typed in: it belongs to the other variant.
        m_isRefreshing = true;
        m_metrics->model()->setMetrics({});
        m_isRefreshing = false;
        verticalScrollBar()->setValue(0);
        if (variant) {
            connect(variant, &Variant::changed, this, &VariantPage::refresh);
            connect(variant, &QObject::destroyed, this, [this] { m_variant = nullptr; });
        }
    }
    refresh();
}

void VariantPage::setCanRegenerate(bool can)
{
    m_canRegenerate = can;
    for (QToolButton *button : std::as_const(m_again)) {
        button->setEnabled(can && m_variant && !m_variant->isBusy());
    }
}

QString VariantPage::objection() const
{
    return m_contextError->isHidden()
               ? QString()
               : tr("The context is not taken yet: %1").arg(m_contextError->text());
}

void VariantPage::refresh()
{
    setCanRegenerate(m_canRegenerate);
    if (!m_variant || !m_variant->isReady()) {
        return;
    }
    m_isRefreshing = true;
    const Scenario &scenario = m_variant->scenario();
    // A long text shows its beginning.
    if (m_name->text() != scenario.name) {
        m_name->setText(scenario.name);
        m_name->setCursorPosition(0);
    }
    if (m_cause->currentText().trimmed() != scenario.rootCause) {
        m_cause->setCurrentText(scenario.rootCause);
        m_cause->lineEdit()->setCursorPosition(0);
    }
    m_description->showText(scenario.description);
    m_actions->setWords(scenario.expectedActions);
    refreshContext();
    if (m_metrics->model()->metrics() != scenario.metrics) {
        m_metrics->model()->setMetrics(scenario.metrics);
    }
    m_metrics->model()->setProblems(m_variant->problems());
    m_quality->setScenario(scenario, m_variant->problems(), m_variant->score());
    refreshSeverity();
    m_isRefreshing = false;
}

void VariantPage::refreshSeverity()
{
    const Scenario &scenario = m_variant->scenario();
    const Severity stored = storedSeverity(scenario.metrics);
    const int side = scaledInt(QFontMetricsF(font()), 20);
    setMark(m_badge, severityIcon(stored), side);
    m_severity->setText(severityName(stored).toLower());
    const bool differs = stored != scenario.severity;
    m_storedAs->setText(
        differs
            ? tr("as AIRRA will store it, not %1").arg(severityName(scenario.severity).toLower())
            : tr("as AIRRA will store it"));
    setInk(m_storedAs, differs ? &Theme::error : &Theme::secondary);
}

void VariantPage::refreshContext()
{
    const QJsonObject context = written(m_variant->scenario().context);
    const Result<QJsonObject> typed = contextFromText(m_context->text());
    const bool isShown = m_context->property("shown").toBool();
    // What is typed and cannot be read yet stays, and so does another spelling of the same.
    if (isShown && (!typed || *typed == context)) {
        return;
    }
    m_context->showText(contextText(context));
    m_context->setProperty("shown", true);
    showContextError({});
}

void VariantPage::takeContext()
{
    if (m_isRefreshing || !m_variant) {
        return;
    }
    const Result<QJsonObject> context = contextFromText(m_context->text());
    showContextError(context ? QString() : context.error().toString());
    if (context) {
        change(tr("Change the context"), u"context " + QString::number(m_gesture),
               [&](Scenario &scenario) {
                   QJsonObject whole = *context;
                   for (const char *key : MachineKeys) {
                       const QString name = QLatin1String(key);
                       if (scenario.context.contains(name) && !whole.contains(name)) {
                           whole.insert(name, scenario.context.value(name));
                       }
                   }
                   scenario.context = whole;
               });
    }
}

void VariantPage::showContextError(const QString &sentence)
{
    setInk(m_contextError, &Theme::error);
    m_contextError->setText(sentence);
    m_contextError->setVisible(!sentence.isEmpty());
    Q_EMIT objectionChanged();
}

void VariantPage::showPlace(const QualityProblem &problem)
{
    QWidget *field = nullptr;
    const QString key = problem.pointer.section(u'/', 1, 1);
    if (problem.metric >= 0 && problem.metric < m_metrics->model()->rowCount()) {
        m_metrics->showCell(problem.metric, MetricTableModel::columnOf(problem));
        field = m_metrics;
    } else if (key == u"description") {
        field = m_description;
    } else if (key == u"context") {
        field = m_context;
    } else if (key == u"root_cause") {
        field = m_cause;
    } else if (key == u"metrics") {
        field = m_metrics;
    } else {
        field = m_name;
    }
    if (field != m_metrics) {
        field->setFocus(Qt::OtherFocusReason);
    }
    ensureWidgetVisible(field);
}

bool VariantPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn) {
        ++m_gesture;
    }
    // The wheel scrolls the page; it changes only the field that one is in.
    if (event->type() == QEvent::Wheel && watched == m_cause && !m_cause->hasFocus()) {
        event->ignore();
        return true;
    }
    return QScrollArea::eventFilter(watched, event);
}
