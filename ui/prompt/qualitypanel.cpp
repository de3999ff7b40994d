// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/qualitypanel.h"

#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/widgets/spoken.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace {

constexpr int PassedShown = 3;
constexpr qreal RowTint = 0.13;
/** What a reader wants to be sure of comes before what is rarely wrong. */
constexpr int TellingRules[]{7, 5, 17, 4, 3, 13, 12, 9};

QColor problemInk(const Theme &theme, QualityProblem::Kind kind)
{
    return kind == QualityProblem::Kind::Error ? theme.error : theme.warning;
}

QString counted(qsizetype count, const QString &one, const QString &several, const QString &none)
{
    return count == 0 ? none : count == 1 ? one : several.arg(count);
}

} // namespace

/** The score as a bar of 100. */
class QualityPanel::ScoreBar : public QWidget
{
public:
    using QWidget::QWidget;

    void setScore(int score, const QColor &ink)
    {
        m_score = score;
        m_ink = ink;
        setSpokenName(this, tr("Score %1 of 100").arg(score));
        update();
    }

    QSize sizeHint() const override
    {
        const QFontMetricsF metrics(font());
        return {scaledInt(metrics, 150), scaledInt(metrics, 8)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        const qreal high = scaled(QFontMetricsF(font()), 8);
        QRectF box(0, (height() - high) / 2, width(), high);
        painter.setBrush(Theme::of(palette()).grid);
        painter.drawRoundedRect(box, high / 4, high / 4);
        box.setWidth(box.width() * m_score / 100);
        painter.setBrush(m_ink);
        painter.drawRoundedRect(box, high / 4, high / 4);
    }

private:
    int m_score = 0;
    QColor m_ink;
};

/** One rule: kept in a line, or broken, with its sentence and its fix. */
class QualityPanel::RuleRow : public QWidget
{
public:
    explicit RuleRow(QualityPanel *panel)
        : QWidget(panel)
        , m_panel(panel)
        , m_mark(new QLabel(this))
        , m_title(new QLabel(this))
        , m_message(new QLabel(this))
        , m_rule(new QLabel(this))
        , m_fix(new QPushButton(this))
    {
        const QFontMetricsF metrics(font());
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(scaledInt(metrics, 14), scaledInt(metrics, 5),
                                scaledInt(metrics, 10), scaledInt(metrics, 5));
        row->setSpacing(scaledInt(metrics, 10));
        m_title->setTextFormat(Qt::PlainText);
        m_title->setWordWrap(true);
        m_message->setTextFormat(Qt::PlainText);
        m_message->setWordWrap(true);
        m_message->setForegroundRole(QPalette::PlaceholderText);
        m_rule->setForegroundRole(QPalette::PlaceholderText);
        m_fix->setIcon(icon(Glyph::Check));
        m_fix->setObjectName(QStringLiteral("fix"));
        auto *words = new QVBoxLayout;
        words->setSpacing(0);
        words->addWidget(m_title);
        words->addWidget(m_message);
        row->addWidget(m_mark);
        row->addLayout(words, 1);
        row->addWidget(m_rule);
        row->addWidget(m_fix);
        connect(m_fix, &QPushButton::clicked, panel, [this] {
            const QualityProblem problem = *m_problem; // this row shows another one afterwards
            Q_EMIT m_panel->fixRequested(problem);
        });
    }

    void showBroken(const QualityProblem &problem, const std::optional<QualityFix> &fix)
    {
        m_problem = problem;
        const bool isError = problem.kind == QualityProblem::Kind::Error;
        setMark(icon(isError ? Glyph::Error : Glyph::Warning));
        m_title->setText(ruleTitle(problem.rule));
        setBold(true);
        m_message->setText(tr("%1 (rule %2)").arg(problem.message, QString::number(problem.rule)));
        m_message->show();
        m_rule->hide();
        m_fix->setVisible(fix.has_value());
        if (fix) {
            m_fix->setText(fix->label);
            m_fix->setToolTip(tr("One step, which can be undone"));
        }
        setCursor(Qt::PointingHandCursor);
        setSpokenName(this, (isError ? tr("Error: %1") : tr("Warning: %1")).arg(problem.message));
        update();
    }

    void showPassed(int rule, const QString &sentence)
    {
        m_problem.reset();
        setMark(icon(Glyph::Check));
        m_title->setText(sentence);
        setBold(false);
        m_message->hide();
        m_rule->setText(tr("rule %1").arg(rule));
        m_rule->show();
        m_fix->hide();
        unsetCursor();
        setSpokenName(this, sentence);
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        if (m_problem) {
            const QColor ink = problemInk(theme, m_problem->kind);
            painter.fillRect(rect(), mixed(theme.base, ink, RowTint));
            painter.fillRect(QRectF(0, 0, scaled(QFontMetricsF(font()), 4), height()), ink);
        } else {
            painter.fillRect(rect(), theme.base);
        }
        painter.setPen(theme.grid);
        painter.drawLine(0, height() - 1, width(), height() - 1);
    }

    void mouseReleaseEvent(QMouseEvent *event) override
    {
        if (!m_problem || event->button() != Qt::LeftButton) {
            return;
        }
        const QualityProblem problem = *m_problem;
        Q_EMIT m_panel->problemActivated(problem);
    }

private:
    void setMark(const QIcon &mark)
    {
        const int side = scaledInt(QFontMetricsF(font()), 16);
        m_mark->setPixmap(mark.pixmap(QSize(side, side), devicePixelRatioF()));
    }

    void setBold(bool isBold)
    {
        QFont words = font();
        words.setWeight(isBold ? QFont::DemiBold : QFont::Normal);
        m_title->setFont(words);
    }

    QualityPanel *m_panel;
    std::optional<QualityProblem> m_problem;
    QLabel *m_mark;
    QLabel *m_title;
    QLabel *m_message;
    QLabel *m_rule;
    QPushButton *m_fix;
};

QualityPanel::QualityPanel(QWidget *parent)
    : QWidget(parent)
    , m_number(new QLabel(this))
    , m_bar(new ScoreBar(this))
    , m_summary(new QLabel(this))
    , m_more(new QToolButton(this))
{
    setObjectName(QStringLiteral("quality"));
    const QFontMetricsF metrics(font());
    auto *name = new QLabel(tr("Quality"), this);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    name->setFont(bold);
    QFont large = bold;
    large.setPointSizeF(font().pointSizeF() * 1.6);
    m_number->setFont(large);
    m_number->setObjectName(QStringLiteral("score"));
    auto *of = new QLabel(tr("of 100"), this);
    of->setForegroundRole(QPalette::PlaceholderText);
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_summary->setObjectName(QStringLiteral("qualitySummary"));
    auto *head = new QHBoxLayout;
    head->setSpacing(scaledInt(metrics, 8));
    head->addWidget(name);
    head->addWidget(m_number);
    head->addWidget(of);
    head->addWidget(m_bar);
    head->addStretch(1);
    head->addWidget(m_summary);

    auto *frame = new QFrame(this);
    frame->setFrameShape(QFrame::StyledPanel);
    frame->setBackgroundRole(QPalette::Base);
    frame->setAutoFillBackground(true);
    m_list = new QVBoxLayout(frame);
    m_list->setContentsMargins(1, 1, 1, 1);
    m_list->setSpacing(0);
    m_more->setObjectName(QStringLiteral("morePassed"));
    m_more->setAutoRaise(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_list->addWidget(m_more);
    connect(m_more, &QToolButton::clicked, this, [this] {
        m_showsAll = !m_showsAll;
        fill();
    });

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaledInt(metrics, 8));
    column->addLayout(head);
    column->addWidget(frame);
}

void QualityPanel::setScenario(const Scenario &scenario, const QList<QualityProblem> &problems,
                               int score)
{
    m_scenario = scenario;
    m_problems = problems;
    std::stable_sort(
        m_problems.begin(), m_problems.end(),
        [](const QualityProblem &a, const QualityProblem &b) { return int(a.kind) < int(b.kind); });
    m_score = score;
    fill();
}

void QualityPanel::fill()
{
    const auto errors =
        std::count_if(m_problems.begin(), m_problems.end(), [](const QualityProblem &problem) {
            return problem.kind == QualityProblem::Kind::Error;
        });
    const auto warnings = m_problems.size() - errors;
    const Theme &theme = Theme::of(palette());
    m_number->setText(QString::number(m_score));
    m_bar->setScore(m_score, errors > 0     ? theme.error
                             : warnings > 3 ? theme.warning
                                            : theme.ink(IncidentState::Created));
    m_summary->setText(
        tr("%1 rules, %2, %3")
            .arg(QualityRules)
            .arg(counted(warnings, tr("1 warning"), tr("%1 warnings"), tr("no warning")),
                 counted(errors, tr("1 error"), tr("%1 errors"), tr("no error"))));

    QList<int> passed;
    const auto isBroken = [this](int rule) {
        return std::any_of(m_problems.begin(), m_problems.end(),
                           [rule](const QualityProblem &p) { return p.rule == rule; });
    };
    for (const int rule : TellingRules) {
        if (!isBroken(rule)) {
            passed.append(rule);
        }
    }
    for (int rule = 1; rule <= QualityRules; ++rule) {
        if (!isBroken(rule) && !passed.contains(rule)) {
            passed.append(rule);
        }
    }
    const qsizetype shown =
        m_showsAll ? passed.size() : std::min<qsizetype>(PassedShown, passed.size());

    const qsizetype wanted = m_problems.size() + shown;
    while (m_rows.size() < wanted) {
        auto *row = new RuleRow(this);
        m_list->insertWidget(int(m_rows.size()), row);
        m_rows.append(row);
    }
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        if (i < m_problems.size()) {
            m_rows[i]->showBroken(m_problems[i], fixFor(m_problems[i], m_scenario));
        } else if (i < wanted) {
            const int rule = passed[i - m_problems.size()];
            m_rows[i]->showPassed(rule, rulePassed(rule, m_scenario));
        }
        m_rows[i]->setVisible(i < wanted);
    }
    const qsizetype more = passed.size() - std::min<qsizetype>(PassedShown, passed.size());
    m_more->setVisible(more > 0);
    m_more->setText(m_showsAll ? tr("Show fewer") : tr("%1 more pass").arg(more));
    m_more->setIcon(icon(m_showsAll ? Glyph::Up : Glyph::Down));
}

void QualityPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_more) {
        fill();
    }
}
