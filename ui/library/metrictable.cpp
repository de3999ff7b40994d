// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Longer than most sources: the table of metrics with the editors and rules of its columns.
#include "ui/library/metrictable.h"

#include "app/base/numbers.h"
#include "app/model/metrictext.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/widgets/livelook.h"
#include "ui/widgets/plaintext.h"

#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

namespace {

/** As it is typed, or shortened where nobody would count the digits. */
QString shownText(double number, const QString &unit)
{
    constexpr qsizetype Longest = 9;
    const QString text = numberText(number);
    return text.size() > Longest ? metricNumberText(number, unit) : text;
}

constexpr qreal ProblemTint = 0.13;
constexpr QAbstractItemView::EditTriggers CellTriggers = QAbstractItemView::DoubleClicked |
                                                         QAbstractItemView::EditKeyPressed |
                                                         QAbstractItemView::AnyKeyPressed;

bool isNumberColumn(int column)
{
    return column == MetricTableModel::Value || column == MetricTableModel::Baseline ||
           column == MetricTableModel::Deviation;
}

/** Numbers to the right; units in the middle, so that they do not touch them. */
int alignmentOf(int column)
{
    const Qt::Alignment across =
        column == MetricTableModel::Unit                                          ? Qt::AlignHCenter
        : column == MetricTableModel::Name || column == MetricTableModel::Pattern ? Qt::AlignLeft
                                                                                  : Qt::AlignRight;
    return int(across | Qt::AlignVCenter);
}

/**
 * Lets the pattern be chosen from a list; every other cell is a line of text, which is taken letter
 * by letter, so that charts and rules follow. Escape brings back what stood there.
 */
class PatternDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override
    {
        if (index.column() != MetricTableModel::Pattern) {
            QWidget *made = QStyledItemDelegate::createEditor(parent, option, index);
            if (auto *line = qobject_cast<QLineEdit *>(made)) {
                line->setProperty("before", index.data(Qt::EditRole));
                // The signal is this delegate's own, and telling it changes nothing in here.
                auto *self = const_cast<PatternDelegate *>(this);
                const bool isNumber = isNumberColumn(index.column());
                connect(line, &QLineEdit::textEdited, self,
                        [self, line, isNumber](const QString &text) {
                            if (isNumber) {
                                markObjection(line, text);
                            }
                            Q_EMIT self->commitData(line);
                        });
            }
            return made;
        }
        auto *box = new QComboBox(parent);
        for (const auto pattern :
             {MetricPattern::Constant, MetricPattern::Linear, MetricPattern::Spike,
              MetricPattern::Oscillating, MetricPattern::Step}) {
            box->addItem(patternIcon(pattern), toString(pattern));
        }
        return box;
    }

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        const auto *line = qobject_cast<QLineEdit *>(editor);
        if (auto *box = qobject_cast<QComboBox *>(editor)) {
            box->setCurrentText(index.data(Qt::EditRole).toString());
        } else if (!line || !line->isModified()) { // else it would spell what is being typed again
            QStyledItemDelegate::setEditorData(editor, index);
        }
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        auto *line = qobject_cast<QLineEdit *>(watched);
        if (line && event->type() == QEvent::KeyPress &&
            static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape && line->isModified()) {
            line->setText(line->property("before").toString());
            PlainText::hideToolTip();
            Q_EMIT commitData(line);
        }
        return QStyledItemDelegate::eventFilter(watched, event);
    }

    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override
    {
        if (const auto *box = qobject_cast<QComboBox *>(editor)) {
            model->setData(index, box->currentText(), Qt::EditRole);
        } else if (isMarkedRefused(editor)) { // not the part of it that could be read
            model->setData(index, editor->property("before"), Qt::EditRole);
        } else {
            QStyledItemDelegate::setModelData(editor, model, index);
        }
    }

private:
    /** What is no number is not taken: the cell keeps the one from before. */
    static void markObjection(QLineEdit *line, const QString &text)
    {
        const bool isRefused = !numberFromText(text);
        markRefused(line, isRefused);
        setInk(line, isRefused ? &Theme::error : &Theme::text); // a cell shows no edge
        if (isRefused) {
            PlainText::showToolTip(
                line->mapToGlobal(QPoint(0, line->height())),
                MetricTable::tr("“%1” isn't a number yet; a point or a comma is the "
                                "decimal sign.")
                    .arg(text),
                line);
        } else {
            PlainText::hideToolTip();
        }
    }
};

} // namespace

void MetricTableModel::setMetrics(const QList<Metric> &metrics)
{
    if (metrics.size() == m_metrics.size()) {
        // The same cells with other values: who stands in one of them stays there.
        for (qsizetype row = 0; row < metrics.size(); ++row) {
            if (metrics[row] == m_metrics[row]) {
                continue;
            }
            m_metrics[row] = metrics[row];
            Q_EMIT dataChanged(index(int(row), 0), index(int(row), ColumnCount - 1));
        }
        return;
    }
    beginResetModel();
    m_metrics = metrics;
    m_problems.clear();
    endResetModel();
}

void MetricTableModel::setProblems(const QList<QualityProblem> &problems)
{
    QList<QualityProblem> sorted = problems;
    std::stable_sort(
        sorted.begin(), sorted.end(),
        [](const QualityProblem &a, const QualityProblem &b) { return int(a.kind) < int(b.kind); });
    if (sorted == m_problems) {
        return;
    }
    m_problems = sorted;
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1),
                           {Qt::BackgroundRole, Qt::DecorationRole, Qt::ToolTipRole});
    }
}

MetricTableModel::Column MetricTableModel::columnOf(const QualityProblem &problem)
{
    const QString key = problem.pointer.section(u'/', -1);
    const std::pair<const char *, Column> columns[]{
        {"value", Value}, {"baseline", Baseline}, {"deviation_sigma", Deviation},
        {"unit", Unit},   {"pattern", Pattern},   {"deviation_pattern", Pattern}};
    for (const auto &[name, column] : columns) {
        if (key == QLatin1String(name)) {
            return column;
        }
    }
    return Name;
}

const QualityProblem *MetricTableModel::problemAt(int row, int column) const
{
    for (const QualityProblem &problem : m_problems) {
        if (problem.metric == row && (column < 0 || columnOf(problem) == column)) {
            return &problem;
        }
    }
    return nullptr;
}

void MetricTableModel::append(const Metric &metric)
{
    beginInsertRows({}, rowCount(), rowCount());
    m_metrics.append(metric);
    endInsertRows();
}

void MetricTableModel::removeAt(int row)
{
    beginRemoveRows({}, row, row);
    m_metrics.removeAt(row);
    endRemoveRows();
}

void MetricTableModel::move(int row, int by)
{
    const int to = row + by;
    if (row < 0 || row >= rowCount() || to < 0 || to >= rowCount() || by == 0) {
        return;
    }
    beginMoveRows({}, row, row, {}, by > 0 ? to + 1 : to);
    m_metrics.move(row, to);
    endMoveRows();
}

int MetricTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_metrics.size());
}

int MetricTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant MetricTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return alignmentOf(index.column());
    }
    const Metric &metric = m_metrics[index.row()];
    if (role == Qt::BackgroundRole) {
        const QualityProblem *problem = problemAt(index.row(), -1);
        const QPalette palette = QGuiApplication::palette();
        const Theme &theme = Theme::of(palette);
        return problem
                   ? QVariant(mixed(theme.base,
                                    problem->kind == QualityProblem::Kind::Error ? theme.error
                                                                                 : theme.warning,
                                    ProblemTint))
                   : QVariant();
    }
    const QualityProblem *problem = role == Qt::DecorationRole || role == Qt::ToolTipRole ||
                                            role == Qt::AccessibleDescriptionRole
                                        ? problemAt(index.row(), index.column())
                                        : nullptr;
    if (role == Qt::DecorationRole && problem) {
        return icon(problem->kind == QualityProblem::Kind::Error ? Glyph::Error : Glyph::Warning);
    }
    if (role == Qt::DecorationRole && index.column() == Pattern) {
        return patternIcon(metric.pattern);
    }
    if ((role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole) && problem) {
        return problem->message;
    }
    if (role == Qt::ToolTipRole && index.column() == Name) {
        return metric.name;
    }
    if (role != Qt::DisplayRole && role != Qt::EditRole) {
        return {};
    }
    switch (Column(index.column())) {
    case Name:
        return metric.name;
    case Value:
        return role == Qt::EditRole ? numberText(metric.value)
                                    : shownText(metric.value, metric.unit);
    case Baseline:
        return role == Qt::EditRole ? numberText(metric.baseline)
                                    : shownText(metric.baseline, metric.unit);
    case Deviation:
        return role != Qt::EditRole && metric.deviationSigma > 0
                   ? QString(u'+' + numberText(metric.deviationSigma))
                   : numberText(metric.deviationSigma);
    case Unit:
        return metric.unit;
    case Pattern:
        return toString(metric.pattern);
    case ColumnCount:
        break;
    }
    return {};
}

bool MetricTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return false;
    }
    Metric &metric = m_metrics[index.row()];
    const Metric before = metric;
    // Blanks around what is typed are dropped; what nobody edited stays as it is.
    const QString raw = value.toString();
    const QString text = raw == data(index, Qt::EditRole).toString() ? raw : raw.trimmed();
    // What is no number is not taken, and the old one stays.
    const std::optional<double> number =
        isNumberColumn(index.column()) ? numberFromText(text) : std::nullopt;
    switch (Column(index.column())) {
    case Name:
        metric.name = text;
        break;
    case Value:
    case Baseline:
    case Deviation:
        if (!number) {
            return false;
        }
        (index.column() == Value      ? metric.value
         : index.column() == Baseline ? metric.baseline
                                      : metric.deviationSigma) = *number;
        break;
    case Unit:
        metric.unit = text;
        break;
    case Pattern: {
        const auto pattern = metricPatternFromString(text);
        if (!pattern) {
            return false;
        }
        metric.pattern = *pattern;
        break;
    }
    case ColumnCount:
        return false;
    }
    if (metric != before) {
        Q_EMIT dataChanged(index, index);
    }
    return true;
}

Qt::ItemFlags MetricTableModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? QAbstractTableModel::flags(index) | Qt::ItemIsEditable
                           : Qt::ItemFlags();
}

QVariant MetricTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return QAbstractTableModel::headerData(section, orientation, role);
    }
    if (role == Qt::TextAlignmentRole) {
        return alignmentOf(section);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const QStringList names{tr("Metric"), tr("Value"), tr("Baseline"),
                            tr("Sigma"),  tr("Unit"),  tr("Pattern")};
    return names.value(section);
}

MetricTable::MetricTable(QWidget *parent)
    : QWidget(parent)
    , m_model(new MetricTableModel(this))
    , m_table(new QTableView(this))
{
    const QFontMetricsF metrics(font());
    m_table->setObjectName(QStringLiteral("metricTable"));
    m_table->setAccessibleName(tr("Metrics"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new PatternDelegate(m_table));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setEditTriggers(CellTriggers);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(scaledInt(metrics, 28));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(MetricTableModel::Name, QHeaderView::Stretch);
    const std::pair<int, int> widths[]{{MetricTableModel::Value, 88},
                                       {MetricTableModel::Baseline, 88},
                                       {MetricTableModel::Deviation, 60},
                                       {MetricTableModel::Unit, 72},
                                       {MetricTableModel::Pattern, 92}};
    for (const auto &[section, width] : widths) {
        m_table->setColumnWidth(section, scaledInt(metrics, width));
    }
    m_table->setMinimumSize(scaledInt(metrics, 640), scaledInt(metrics, 170));

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaledInt(metrics, 4));
    row->addWidget(m_table, 1);
    auto *buttons = new QVBoxLayout;
    buttons->setSpacing(scaledInt(metrics, 2));
    const auto button = [&](Glyph glyph, const QString &name) {
        auto *made = new QToolButton(this);
        made->setIcon(icon(glyph));
        made->setToolTip(name);
        made->setAccessibleName(name);
        made->setAutoRaise(true);
        buttons->addWidget(made);
        return made;
    };
    m_add = button(Glyph::Plus, tr("Add a metric"));
    m_add->setObjectName(QStringLiteral("addMetric"));
    m_remove = button(Glyph::Minus, tr("Remove the metric"));
    m_remove->setObjectName(QStringLiteral("removeMetric"));
    m_up = button(Glyph::Up, tr("Move the metric up"));
    m_up->setObjectName(QStringLiteral("metricUp"));
    m_down = button(Glyph::Down, tr("Move the metric down"));
    m_down->setObjectName(QStringLiteral("metricDown"));
    buttons->addStretch();
    row->addLayout(buttons);

    connect(m_add, &QToolButton::clicked, this, [this] {
        m_model->append(
            {tr("new_metric"), 100, 10, 5, MetricPattern::Step, QStringLiteral("count")});
        m_table->setCurrentIndex(m_model->index(m_model->rowCount() - 1, 0));
        m_table->setFocus();
    });
    connect(m_remove, &QToolButton::clicked, this, [this] {
        if (const int at = currentRow(); at >= 0) {
            m_model->removeAt(at);
        }
    });
    connect(m_up, &QToolButton::clicked, this, [this] { m_model->move(currentRow(), -1); });
    connect(m_down, &QToolButton::clicked, this, [this] { m_model->move(currentRow(), 1); });
    for (const auto signal :
         {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) {
        connect(m_model, signal, this, &MetricTable::changed);
    }
    connect(m_model, &QAbstractItemModel::rowsMoved, this, &MetricTable::changed);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &MetricTable::changed);
    connect(m_model, &QAbstractItemModel::modelReset, this, &MetricTable::changed);
    connect(this, &MetricTable::changed, this, &MetricTable::updateButtons);
    for (const auto signal :
         {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) {
        connect(m_model, signal, this, &MetricTable::fit);
    }
    connect(m_model, &QAbstractItemModel::modelReset, this, &MetricTable::fit);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this] { ++m_gesture; });
    connect(m_table->itemDelegate(), &QAbstractItemDelegate::closeEditor, this,
            [this] { ++m_gesture; });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        updateButtons();
        Q_EMIT currentRowChanged();
    });
    updateButtons();
}

int MetricTable::currentRow() const
{
    return m_table->currentIndex().isValid() ? m_table->currentIndex().row() : -1;
}

void MetricTable::updateButtons()
{
    const int row = m_isReadOnly ? -1 : currentRow();
    m_add->setEnabled(!m_isReadOnly);
    m_remove->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_model->rowCount());
}

void MetricTable::showCell(int row, int column)
{
    m_table->setCurrentIndex(m_model->index(row, column));
    m_table->setFocus(Qt::OtherFocusReason);
}

void MetricTable::setReadOnly(bool isReadOnly)
{
    m_isReadOnly = isReadOnly;
    m_table->setEditTriggers(
        isReadOnly ? QAbstractItemView::EditTriggers(QAbstractItemView::NoEditTriggers)
                   : CellTriggers);
    updateButtons();
}

void MetricTable::setFitted()
{
    m_isFitted = true;
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setMinimumWidth(0);
    const QFontMetricsF metrics(font());
    m_table->horizontalHeader()->setMinimumSectionSize(scaledInt(metrics, 40));
    const std::pair<int, int> widths[]{{MetricTableModel::Value, 72},
                                       {MetricTableModel::Baseline, 72},
                                       {MetricTableModel::Deviation, 54},
                                       {MetricTableModel::Unit, 70},
                                       {MetricTableModel::Pattern, 88}};
    for (const auto &[section, width] : widths) {
        m_table->setColumnWidth(section, scaledInt(metrics, width));
    }
    fit();
}

void MetricTable::fit()
{
    if (!m_isFitted) {
        return;
    }
    const int rows = std::max(1, m_model->rowCount());
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() +
                            rows * m_table->verticalHeader()->defaultSectionSize() +
                            2 * m_table->frameWidth());
}

QString MetricTable::gesture() const
{
    return u"metrics " + QString::number(m_gesture);
}
