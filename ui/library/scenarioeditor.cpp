// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/scenarioeditor.h"

#include "app/base/jsontext.h"
#include "app/library/scenariostore.h"
#include "app/model/metrictext.h"
#include "ui/charts/metricchart.h"
#include "ui/library/libraryentry.h"
#include "ui/library/metrictable.h"
#include "ui/look/icons.h"
#include "ui/look/marks.h"
#include "ui/look/text.h"
#include "ui/widgets/discardquestion.h"
#include "ui/widgets/livelook.h"
#include "ui/widgets/numberbox.h"
#include "ui/widgets/typedtextedit.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace {

/** What was typed, without the blanks around it; what nobody touched stays exactly as it was. */
QString typedOrBefore(const QString &text, const QString &before)
{
    return text == before ? before : text.trimmed();
}

QString spelledList(const QStringList &items)
{
    return items.join(QStringLiteral(", "));
}

QString spelledContext(const QJsonObject &context)
{
    return context.isEmpty() ? QString() : QString::fromUtf8(ScenarioStore::spelled(context));
}

QStringList listed(const QString &text, const QStringList &before)
{
    if (text == spelledList(before)) {
        return before;
    }
    QStringList items;
    const QStringList parts = text.split(u',');
    for (const QString &part : parts) {
        if (!part.trimmed().isEmpty()) {
            items.append(part.trimmed());
        }
    }
    return items;
}

QString idFromName(const QString &name)
{
    static const QRegularExpression foreign(QStringLiteral("[^a-z0-9]+"));
    QString id = name.toLower().left(80);
    id.replace(foreign, QStringLiteral("_"));
    while (id.startsWith(u'_')) {
        id.remove(0, 1);
    }
    while (id.endsWith(u'_')) {
        id.chop(1);
    }
    return id;
}

/** The object that the text spells; nothing at all is an empty one. */
Result<QJsonObject> contextFrom(const QString &text)
{
    if (text.trimmed().isEmpty()) {
        return QJsonObject();
    }
    const Result<JsonText> json = JsonText::parse(text.toUtf8());
    if (!json) {
        return tl::make_unexpected(json.error());
    }
    if (json->kind(json->root()) != JsonText::Kind::Object) {
        return fail(ScenarioEditor::tr("The context must be an object, such as { \"key\": 1 }."));
    }
    return json->toQt(json->root()).toObject();
}

} // namespace

ScenarioEditor::ScenarioEditor(const Scenario &scenario, const ScenarioLibrary &library,
                               QWidget *parent)
    : QDialog(parent)
    , m_before(scenario)
    , m_library(library)
    , m_idFollowsName(scenario.id.isEmpty())
{
    setObjectName(QStringLiteral("scenarioEditor"));
    setWindowTitle(tr("Scenario"));
    const QFontMetricsF metrics(font());
    const int gap = scaledInt(metrics, 8);

    auto *left = new QFormLayout;
    auto *right = new QFormLayout;
    for (QFormLayout *form : {left, right}) {
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        form->setVerticalSpacing(scaledInt(metrics, 6));
        form->setHorizontalSpacing(gap);
    }
    makeFields(left, right);
    auto *fields = new QHBoxLayout;
    fields->setSpacing(2 * gap);
    fields->addLayout(left, 1);
    fields->addLayout(right, 1);

    m_metrics = new MetricTable(this);
    m_chart = new MetricChart(this);
    m_chart->setObjectName(QStringLiteral("preview"));
    m_chart->setMinimumWidth(scaledInt(metrics, 290));
    m_noChart = new QLabel(tr("Add a metric to see how it will move."), this);
    m_noChart->setAlignment(Qt::AlignCenter);
    m_noChart->setWordWrap(true);
    m_noChart->setMinimumWidth(scaledInt(metrics, 290));
    m_noChart->setForegroundRole(QPalette::PlaceholderText);
    auto *heading = new QLabel(tr("<b>Metrics</b>"), this);
    heading->setTextFormat(Qt::RichText);
    m_metricsError = new QLabel(this);
    m_metricsError->setObjectName(QStringLiteral("metricsError"));
    m_metricsError->setWordWrap(true);
    auto *above = new QHBoxLayout;
    above->setSpacing(gap);
    above->addWidget(heading);
    above->addWidget(m_metricsError, 1);
    auto *hint = new QLabel(tr("Double click or F2 edits a cell"), this);
    hint->setForegroundRole(QPalette::PlaceholderText);
    hint->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    above->addWidget(hint);
    auto *table = new QVBoxLayout;
    table->setSpacing(gap);
    table->addLayout(above);
    table->addWidget(m_metrics, 1);
    auto *numbers = new QHBoxLayout;
    numbers->setSpacing(2 * gap);
    numbers->addLayout(table, 1);
    numbers->addWidget(m_chart);
    numbers->addWidget(m_noChart);

    m_stored = new QLabel(this);
    m_stored->setObjectName(QStringLiteral("stored"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("&Save"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName(QStringLiteral("save"));
    m_save->setDefault(true);
    auto *below = new QHBoxLayout;
    below->setSpacing(gap);
    below->addWidget(m_stored, 1);
    below->addWidget(buttons);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(2 * gap, 2 * gap, 2 * gap, 2 * gap);
    column->setSpacing(gap);
    column->addLayout(fields);
    column->addLayout(numbers, 1);
    column->addLayout(below);

    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_metrics, &MetricTable::changed, this, &ScenarioEditor::check);
    connect(m_metrics, &MetricTable::currentRowChanged, this, &ScenarioEditor::showChart);
    fill();
    m_name->setFocus();
}

QLabel *ScenarioEditor::addField(QFormLayout *form, const QString &label, QWidget *field)
{
    auto *error = new QLabel(this);
    error->setWordWrap(true);
    auto *box = new QVBoxLayout;
    box->setSpacing(scaledInt(QFontMetricsF(font()), 2));
    box->addWidget(field);
    box->addWidget(error);
    auto *name = new QLabel(label, this);
    name->setBuddy(field);
    form->addRow(name, box);
    error->setObjectName(field->objectName() + u"Error");
    return error;
}

void ScenarioEditor::makeFields(QFormLayout *left, QFormLayout *right)
{
    const QFontMetricsF metrics(font());
    const auto line = [this](const char *name) {
        auto *made = new QLineEdit(this);
        made->setObjectName(QLatin1String(name));
        connect(made, &QLineEdit::textChanged, this, &ScenarioEditor::check);
        return made;
    };
    const auto text = [&](const char *name, int height) {
        auto *made = new TypedTextEdit(this);
        made->setObjectName(QLatin1String(name));
        made->setTabChangesFocus(true);
        made->setMinimumHeight(scaledInt(metrics, height));
        made->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
        connect(made, &TypedTextEdit::typed, this, &ScenarioEditor::check);
        return made;
    };
    m_name = line("name");
    m_id = line("id");
    m_service = line("service");
    m_tags = line("tags");
    m_cause = line("cause");
    m_actions = line("actions");
    m_tags->setPlaceholderText(tr("resource, performance"));
    m_actions->setPlaceholderText(tr("restart, scale"));
    m_severity = new QComboBox(this);
    m_severity->setObjectName(QStringLiteral("severity"));
    for (int i = 3; i >= 0; --i) {
        m_severity->addItem(severityIcon(Severity(i)), severityName(Severity(i)), i);
    }
    m_difficulty = new QComboBox(this);
    m_difficulty->setObjectName(QStringLiteral("difficulty"));
    for (const auto difficulty :
         {Difficulty::Beginner, Difficulty::Intermediate, Difficulty::Advanced}) {
        m_difficulty->addItem(difficultyName(difficulty), int(difficulty));
    }
    m_duration = new NumberBox(this);
    m_duration->setWhole(true);
    m_duration->setObjectName(QStringLiteral("duration"));
    m_duration->setRange(
        1, int(std::chrono::duration_cast<std::chrono::seconds>(MaximumDelay).count()));
    m_duration->setSuffix(tr(" s"));
    m_duration->setStep(10);
    for (QComboBox *box : {m_severity, m_difficulty}) {
        connect(box, &QComboBox::currentIndexChanged, this, &ScenarioEditor::check);
    }
    connect(m_duration, &NumberBox::edited, this, &ScenarioEditor::check);
    m_description = text("description", 84);
    m_narration = text("narration", 56);
    m_narration->setPlaceholderText(
        tr("For the audience, unless the incident has a narration of its own"));
    m_context = text("context", 84);
    m_context->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_context->setPlaceholderText(QStringLiteral("{ \"environment\": \"production\" }"));

    m_nameError = addField(left, tr("&Name"), m_name);
    m_idError = addField(left, tr("&Id"), m_id);
    m_serviceError = addField(left, tr("Ser&vice"), m_service);
    left->addRow(tr("S&everity"), m_severity);
    left->addRow(tr("Di&fficulty"), m_difficulty);
    left->addRow(tr("D&uration"), m_duration);
    left->addRow(tr("&Tags"), m_tags);
    left->addRow(tr("&Root cause"), m_cause);
    left->addRow(tr("&Actions"), m_actions);
    right->addRow(tr("&Description"), m_description);
    right->addRow(tr("Narrati&on"), m_narration);
    m_contextError = addField(right, tr("Conte&xt"), m_context);

    // The id of a new scenario follows its name until somebody writes one.
    connect(m_id, &QLineEdit::textEdited, this, [this] { m_idFollowsName = false; });
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString &name) {
        if (m_idFollowsName) {
            m_id->setText(idFromName(name));
        }
    });
}

void ScenarioEditor::fill()
{
    m_id->setText(m_before.id);
    m_name->setText(m_before.name);
    m_service->setText(m_before.service);
    m_severity->setCurrentIndex(m_severity->findData(int(m_before.severity)));
    m_difficulty->setCurrentIndex(m_difficulty->findData(int(m_before.difficulty)));
    m_duration->setValue(m_before.durationSeconds);
    m_tags->setText(spelledList(m_before.tags));
    m_cause->setText(m_before.rootCause);
    m_actions->setText(spelledList(m_before.expectedActions));
    m_description->showText(m_before.description);
    m_narration->showText(m_before.narration);
    m_context->showText(spelledContext(m_before.context));
    m_metrics->model()->setMetrics(m_before.metrics);
    check();
}

Scenario ScenarioEditor::scenario() const
{
    Scenario scenario = m_before;
    scenario.id = typedOrBefore(m_id->text(), m_before.id);
    scenario.name = typedOrBefore(m_name->text(), m_before.name);
    scenario.service = typedOrBefore(m_service->text(), m_before.service);
    scenario.severity = Severity(m_severity->currentData().toInt());
    scenario.difficulty = Difficulty(m_difficulty->currentData().toInt());
    scenario.durationSeconds = m_duration->wholeValue();
    scenario.tags = listed(m_tags->text(), m_before.tags);
    scenario.rootCause = typedOrBefore(m_cause->text(), m_before.rootCause);
    scenario.expectedActions = listed(m_actions->text(), m_before.expectedActions);
    scenario.description = typedOrBefore(m_description->text(), m_before.description);
    scenario.narration = typedOrBefore(m_narration->text(), m_before.narration);
    if (m_context->text() != spelledContext(m_before.context)) {
        scenario.context = contextFrom(m_context->text()).value_or(m_before.context);
    }
    scenario.metrics = m_metrics->model()->metrics();
    return scenario;
}

QString ScenarioEditor::idError() const
{
    const QString id = m_id->text().trimmed();
    if (id.isEmpty()) {
        return tr("A scenario needs an id.");
    }
    // An id that the file came with stays allowed, whatever it looks like.
    if (id == m_before.id && m_library.find(id) && m_library.find(id)->path == m_before.path) {
        return {};
    }
    if (!ScenarioStore::isValidId(id)) {
        return tr("An id has letters, digits, - and _ only, at most 100.");
    }
    if (const Scenario *other = m_library.find(id)) {
        return tr("“%1” has this id already.").arg(other->name);
    }
    return {};
}

QString ScenarioEditor::metricsError() const
{
    QSet<QString> names;
    for (const Metric &metric : m_metrics->model()->metrics()) {
        if (metric.name.isEmpty()) {
            return tr("Every metric needs a name.");
        }
        if (names.contains(metric.name)) {
            return tr("“%1” is there twice; the backend would keep one of them.").arg(metric.name);
        }
        names.insert(metric.name);
        if ((metric.value - metric.baseline) * metric.deviationSigma < 0) {
            return tr("The sigma of “%1” has to be %2, as its value is %3 the baseline.")
                .arg(metric.name, metric.deviationSigma < 0 ? tr("above 0") : tr("below 0"),
                     metric.deviationSigma < 0 ? tr("above") : tr("below"));
        }
    }
    // A phase may name a metric that was renamed here, or begin behind a shorter end.
    if (const Result<void> phases = checkPhases(scenario()); !phases) {
        return phases.error().message;
    }
    return {};
}

bool ScenarioEditor::isValid() const
{
    return idError().isEmpty() && metricsError().isEmpty() && !m_name->text().trimmed().isEmpty() &&
           isValidServiceName(m_service->text().trimmed()) &&
           contextFrom(m_context->text()).has_value();
}

bool ScenarioEditor::isChanged() const
{
    return scenario() != m_before || !contextFrom(m_context->text());
}

void ScenarioEditor::setError(QLabel *label, const QString &sentence)
{
    setInk(label, &Theme::error);
    label->setText(sentence);
    label->setVisible(!sentence.isEmpty());
}

void ScenarioEditor::check()
{
    if (!m_save || !m_metrics) {
        return; // the fields are still being made
    }
    setError(m_idError, idError());
    setError(m_nameError,
             m_name->text().trimmed().isEmpty() ? tr("A scenario needs a name.") : QString());
    setError(m_serviceError,
             isValidServiceName(m_service->text().trimmed())
                 ? QString()
                 : tr("A service has letters, digits, - and _ only, 1 to 255 of them."));
    const Result<QJsonObject> context = contextFrom(m_context->text());
    setError(m_contextError, context ? QString() : context.error().toString());
    setError(m_metricsError, metricsError());

    const Severity stored = storedSeverity(m_metrics->model()->metrics());
    double largest = 0;
    for (const Metric &metric : m_metrics->model()->metrics()) {
        largest = std::max(largest, metric.deviationSigma);
    }
    const bool differs = stored != Severity(m_severity->currentData().toInt());
    m_stored->setText(
        m_metrics->model()->rowCount() == 0 ? tr("AIRRA will store %1, since there is no metric.")
                                                  .arg(severityName(stored).toLower())
        : differs ? tr("AIRRA will store %1 (largest %2), whatever severity is chosen.")
                        .arg(severityName(stored).toLower(), sigmaText(largest))
                  : tr("AIRRA will store %1 (largest %2).")
                        .arg(severityName(stored).toLower(), sigmaText(largest)));
    setInk(m_stored, differs ? &Theme::warning : &Theme::secondary);
    m_save->setEnabled(isValid());
    showChart();
}

void ScenarioEditor::showChart()
{
    const Scenario now = scenario();
    const int row = std::max(m_metrics->currentRow(), 0);
    const bool hasChart = !now.metrics.isEmpty();
    m_chart->setVisible(hasChart);
    m_noChart->setVisible(!hasChart);
    if (hasChart) {
        m_chart->setMetric(now, std::min(row, int(now.metrics.size()) - 1), 0);
    }
}

void ScenarioEditor::reject()
{
    if (!isChanged() || mayDiscardChanges(this)) {
        QDialog::reject();
    }
}
