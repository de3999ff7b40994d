// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/reportdialog.h"

#include "app/base/numbers.h"
#include "app/base/timetext.h"
#include "app/engine/runsettler.h"
#include "app/net/webaddress.h"
#include "app/run/runwords.h"
#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/report/matchpanel.h"
#include "ui/report/reportsave.h"
#include "ui/report/reporttotalsbar.h"
#include "ui/settings/windowsettings.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/opening.h"

#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTextBrowser>
#include <QUrl>
#include <QVBoxLayout>

namespace {

enum ReportColumn {
    ReportNumberColumn,
    ReportOutcomeColumn,
    ReportPlannedColumn,
    ReportSentColumn,
    ReportTitleColumn,
    ReportServiceColumn,
    ReportIdColumn,
    ReportHypothesesColumn,
    ReportActionsColumn,
    ReportLatencyColumn,
    ReportLateColumn,
    ReportWaitedColumn,
    ReportColumnCount
};

constexpr int LinkRole = Qt::UserRole;

Qt::Alignment alignmentOfColumn(int column)
{
    const bool isText = column == ReportOutcomeColumn || column == ReportTitleColumn ||
                        column == ReportServiceColumn || column == ReportIdColumn;
    return Qt::AlignVCenter | (isText ? Qt::AlignLeft : Qt::AlignRight);
}

const auto FolderKey = QStringLiteral("reportFolder");
const auto FormatKey = QStringLiteral("reportFormat");

} // namespace

ReportDialog::ReportDialog(const RunReport &report, QWidget *parent, Entrust entrust)
    : QDialog(parent)
    , m_entrust(std::move(entrust))
    , m_title(new QLabel(this))
    , m_facts(new QLabel(this))
    , m_headline(new QLabel(this))
    , m_totals(new ReportTotalsBar(this))
    , m_findings(new QTextBrowser(this))
    , m_matches(new MatchPanel(this))
    , m_message(new MessageBar(this))
    , m_format(new QComboBox(this))
    , m_lookAgain(new QPushButton(tr("&Look again"), this))
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.8);
    large.setBold(true);
    m_title->setFont(large);
    m_title->setTextFormat(Qt::PlainText);
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setWordWrap(true);
    m_headline->setObjectName(QStringLiteral("headline"));
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setWordWrap(true);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_findings->setFrameShape(QFrame::NoFrame);
    m_findings->setAccessibleName(tr("What went wrong, notes, and the presenter's log"));
    Opening::openLinksOf(m_findings);
    m_message->hide();

    auto *tabs = new QTabWidget(this);
    tabs->addTab(makeIncidents(), tr("&Incidents"));
    tabs->addTab(m_findings, tr("&What happened"));
    tabs->addTab(m_matches, tr("&Responder"));

    m_format->addItem(tr("Web page (HTML)"), int(ReportFormat::Html));
    m_format->addItem(tr("Document (PDF)"), int(ReportFormat::Pdf));
    m_format->addItem(tr("Text (Markdown)"), int(ReportFormat::Markdown));
    m_format->addItem(tr("Table (CSV)"), int(ReportFormat::Csv));
    m_format->addItem(tr("Data (JSON)"), int(ReportFormat::Json));
    m_format->setCurrentIndex(qBound(0, windowSettings().value(FormatKey).toInt(), 4));
    m_format->setObjectName(QStringLiteral("form"));
    m_format->setAccessibleName(tr("Form of the report"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *save = buttons->addButton(tr("&Save…"), QDialogButtonBox::ActionRole);
    auto *open = buttons->addButton(tr("Open in &browser"), QDialogButtonBox::ActionRole);
    buttons->addButton(m_lookAgain, QDialogButtonBox::ActionRole);
    m_lookAgain->setObjectName(QStringLiteral("lookAgain"));
    m_lookAgain->setToolTip(tr("Asks the target for what stayed uncertain; nothing is sent"));
    save->setIcon(icon(Glyph::Save));
    auto *format = new QLabel(tr("&Form:"), this);
    format->setBuddy(m_format);
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(format);
    bottom->addWidget(m_format);
    bottom->addStretch();
    bottom->addWidget(buttons);

    auto *column = new QVBoxLayout(this);
    column->addWidget(m_title);
    column->addWidget(m_facts);
    column->addSpacing(scaledInt(QFontMetricsF(font()), 8));
    column->addWidget(m_headline);
    column->addSpacing(scaledInt(QFontMetricsF(font()), 8));
    column->addWidget(m_totals);
    column->addSpacing(scaledInt(QFontMetricsF(font()), 8));
    column->addWidget(m_message);
    column->addWidget(tabs, 1);
    column->addLayout(bottom);

    connect(save, &QPushButton::clicked, this, &ReportDialog::chooseFile);
    connect(open, &QPushButton::clicked, this, &ReportDialog::openInBrowser);
    connect(m_lookAgain, &QPushButton::clicked, this, &ReportDialog::lookAgain);
    connect(buttons, &QDialogButtonBox::rejected, this, &ReportDialog::reject);
    connect(m_matches, &MatchPanel::settled, this, &ReportDialog::settle);
    setReport(report);
    const QFontMetricsF metrics(font());
    resize(scaledInt(metrics, 1040), scaledInt(metrics, 640));
    save->setDefault(true);
}

ReportDialog::~ReportDialog() = default;

QWidget *ReportDialog::makeIncidents()
{
    m_incidents = new QTableWidget(0, ReportColumnCount, this);
    m_incidents->setHorizontalHeaderLabels(
        {tr("#"), tr("Outcome"), tr("Planned"), tr("Sent"), tr("Incident"), tr("Service"), tr("Id"),
         tr("Hypotheses"), tr("Actions"), tr("Latency"), tr("Late"), tr("Waited")});
    for (int column = 0; column < ReportColumnCount; ++column) {
        m_incidents->horizontalHeaderItem(column)->setTextAlignment(alignmentOfColumn(column));
    }
    m_incidents->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_incidents->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_incidents->setAlternatingRowColors(true);
    m_incidents->setShowGrid(false);
    m_incidents->setFrameShape(QFrame::NoFrame);
    m_incidents->verticalHeader()->hide();
    m_incidents->horizontalHeader()->setHighlightSections(false);
    m_incidents->setAccessibleName(tr("Incidents of the run"));
    connect(m_incidents, &QTableWidget::itemActivated, this, [this](const QTableWidgetItem *item) {
        const QString link =
            m_incidents->item(item->row(), ReportIdColumn)->data(LinkRole).toString();
        if (!link.isEmpty()) {
            Opening::openWebPage(QUrl(link));
        }
    });
    return m_incidents;
}

void ReportDialog::setReport(const RunReport &report)
{
    m_report = report;
    const QString name = report.timeline.isEmpty() ? tr("Untitled timeline") : report.timeline;
    setWindowTitle(tr("Report of %1").arg(report.runName.isEmpty() ? name : report.runName));
    m_title->setText(name);
    const QString begun = reportClock(report.startedAt, report.startedAt);
    const QStringList facts{
        QLocale().toString(report.startedAt.date(), QLocale::LongFormat) + QLatin1String(", ") +
            (report.finishedAt.isValid()
                 ? tr("%1 to %2").arg(begun, reportClock(report.finishedAt, report.startedAt))
                 : tr("from %1").arg(begun)),
        tr("target %1").arg(report.target), speedText(report.speed), report.completeness};
    m_facts->setText(facts.join(QStringLiteral("  ·  ")));
    m_headline->setText(report.headline());
    m_totals->setTotals(report.topTotals());
    fillIncidents();
    fillFindings();
    m_matches->setReport(report);
    m_lookAgain->setVisible(report.totals.uncertain > 0 && report.isComplete &&
                            report.target != u"sandbox");
}

void ReportDialog::fillIncidents()
{
    m_incidents->setRowCount(int(m_report.incidents.size()));
    for (int row = 0; row < m_report.incidents.size(); ++row) {
        const ReportIncident &incident = m_report.incidents[row];
        const IncidentRun &run = incident.run;
        const QStringList texts{
            QString::number(incident.number()),
            incident.outcome,
            momentText(TimelinePosition(run.delay), incident.plannedAt, m_report.startedAt),
            momentText(incident.sentPosition, incident.sentAt, m_report.startedAt),
            run.title,
            run.service,
            run.incidentId.isEmpty() ? QStringLiteral("–") : shortIncidentId(run.incidentId),
            orDash(run.hypotheses),
            orDash(run.actions),
            orDash(incident.latency),
            orDash(run.late()),
            orDash(incident.waited)};
        for (int column = 0; column < ReportColumnCount; ++column) {
            auto *item = new QTableWidgetItem(texts[column]);
            item->setTextAlignment(alignmentOfColumn(column));
            m_incidents->setItem(row, column, item);
        }
        QTableWidgetItem *outcome = m_incidents->item(row, ReportOutcomeColumn);
        outcome->setIcon(stateIcon(run.state));
        outcome->setForeground(Theme::of(palette()).ink(run.state));
        outcome->setToolTip(run.error);
        QTableWidgetItem *title = m_incidents->item(row, ReportTitleColumn);
        title->setIcon(severityIcon(run.severity));
        title->setToolTip(incident.storedDiffers()
                              ? tr("Declared %1, stored as %2.")
                                    .arg(severityName(run.severity).toLower(),
                                         severityName(*incident.storedSeverity).toLower())
                              : severityName(run.severity));
        QTableWidgetItem *id = m_incidents->item(row, ReportIdColumn);
        id->setData(LinkRole, incident.link);
        id->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        id->setToolTip(run.incidentId);
        if (!incident.link.isEmpty()) {
            id->setForeground(palette().link());
            id->setToolTip(tr("%1\nEnter opens %2").arg(run.incidentId, incident.link));
        }
    }
    for (int column = 0; column < ReportColumnCount; ++column) {
        m_incidents->horizontalHeader()->setSectionResizeMode(
            column,
            column == ReportTitleColumn ? QHeaderView::Stretch : QHeaderView::ResizeToContents);
    }
}

void ReportDialog::fillFindings()
{
    QString html;
    for (const ReportFinding &finding : m_report.findings) {
        html +=
            QStringLiteral("<h4 style=\"color:%1\">%2</h4><p>%3 <b>%4</b></p>")
                .arg(Theme::of(palette()).ink(finding.mark).name(), finding.heading.toHtmlEscaped(),
                     finding.what.toHtmlEscaped(), finding.existence.toHtmlEscaped());
        if (!finding.advice.isEmpty()) {
            html += u"<p>" + finding.advice.toHtmlEscaped() + u"</p>";
        }
        if (!finding.link.isEmpty()) {
            html += QStringLiteral("<p><a href=\"%1\">%2</a></p>")
                        .arg(finding.link.toHtmlEscaped(), tr("Search the target for it"));
        }
    }
    if (m_report.findings.isEmpty()) {
        html = u"<p>" +
               (m_report.isComplete ? tr("Nothing went wrong.")
                                    : tr("Nothing went wrong as far as it is recorded.")) +
               u"</p>";
    }
    if (!m_report.notes.isEmpty()) {
        html += u"<h4>" + tr("Notes") + u"</h4><ul>";
        for (const QString &note : m_report.notes) {
            html += u"<li>" + note.toHtmlEscaped() + u"</li>";
        }
        html += u"</ul>";
    }
    if (!m_report.log.isEmpty()) {
        html += u"<h4>" + tr("Presenter's log") + u"</h4><table cellspacing=\"6\">";
        for (const PresenterLine &line : m_report.log) {
            html += QStringLiteral("<tr><td align=\"right\">%1</td><td>%2</td><td>%3</td></tr>")
                        .arg(positionText(line.position), reportClock(line.at, m_report.startedAt),
                             line.text.toHtmlEscaped());
        }
        html += u"</table>";
    }
    m_findings->setHtml(html);
}

void ReportDialog::settle(const Judged &judged)
{
    if (const Result<void> kept = keepMatch(m_report.journal, judged); !kept) {
        m_message->showMessage(MessageBar::Kind::Error, tr("Not settled."), kept.error().message);
        m_matches->setReport(m_report);
        return;
    }
    const Result<RunReport> again = readLinkedReport(m_report.journal);
    if (!again) {
        m_message->showMessage(MessageBar::Kind::Error, tr("The report cannot be read any more."),
                               again.error().message);
        return;
    }
    m_message->hide();
    setReport(*again);
}

void ReportDialog::lookAgain()
{
    const auto refuse = [this](const QString &sentence) {
        m_lookAgain->setEnabled(true);
        m_message->showMessage(MessageBar::Kind::Error, tr("Not looked for."), sentence);
    };
    const Result<UnsettledRun> run = RunSettler::inspect(m_report.journal);
    if (!run) {
        return refuse(run.error().message);
    }
    if (!run->isTargetNamed) {
        return refuse(tr("The journal names the target %1, which you have not named on this "
                         "computer, so it gets no key. Choose it as the target first.")
                          .arg(run->record.target()));
    }
    const Result<QUrl> base = parseTargetUrl(run->record.target());
    if (!base) {
        return refuse(base.error().message);
    }
    Target target;
    target.base = *base;
    if (m_entrust) {
        target = m_entrust(target);
    }
    m_lookAgain->setEnabled(false);
    m_message->showMessage(MessageBar::Kind::Info, tr("Looking…"), webPlace(target.base));
    m_settler = std::make_unique<RunSettler>(m_clock);
    connect(m_settler.get(), &RunSettler::failed, this,
            [refuse](const Error &error) { refuse(error.message); });
    connect(m_settler.get(), &RunSettler::finished, this, [this](int settled, int left) {
        m_lookAgain->setEnabled(true);
        if (const Result<RunReport> again = readLinkedReport(m_report.journal)) {
            setReport(*again);
        }
        m_message->showMessage(
            left > 0 ? MessageBar::Kind::Warning : MessageBar::Kind::Success,
            settled > 0 ? tr("Found.") : tr("Not found."),
            tr("%1, %2.", "2 were found, 1 is still uncertain")
                .arg(countedText(settled, tr("1 was found"), tr("%1 were found")),
                     countedText(left, tr("1 is still uncertain"), tr("%1 are still uncertain"))));
    });
    m_settler->start(m_report.journal, target);
}

ReportFormat ReportDialog::format() const
{
    return ReportFormat(m_format->currentData().toInt());
}

void ReportDialog::chooseFile()
{
    QSettings settings = windowSettings();
    const QString folder =
        settings
            .value(FolderKey, QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
            .toString();
    const QString suffix = toString(format());
    const QString name = QFileInfo(m_report.journal).completeBaseName() + u'.' + suffix;
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Save the report"), QDir(folder).filePath(name),
                                     tr("%1 (*.%2)").arg(m_format->currentText(), suffix));
    if (path.isEmpty()) {
        return;
    }
    saveTo(QFileInfo(path).suffix().isEmpty() ? path + u'.' + suffix : path);
}

void ReportDialog::saveTo(const QString &path)
{
    QApplication::setOverrideCursor(Qt::WaitCursor);
    const Result<void> saved = saveReport(m_report, format(), path);
    QApplication::restoreOverrideCursor();
    if (!saved) {
        m_message->showMessage(MessageBar::Kind::Error, tr("Not saved."), saved.error().message);
        return;
    }
    QSettings settings = windowSettings();
    settings.setValue(FolderKey, QFileInfo(path).absolutePath());
    settings.setValue(FormatKey, m_format->currentIndex());
    m_message->showMessage(MessageBar::Kind::Success, tr("Saved."), path);
}

void ReportDialog::openInBrowser()
{
    // The browser may read the page again while the program runs; nobody else may.
    static const QTemporaryDir pages;
    const QString path = pages.filePath(QFileInfo(m_report.journal).completeBaseName() +
                                        QStringLiteral("-report.html"));
    const Result<void> saved = saveReport(m_report, ReportFormat::Html, path);
    if (!saved) {
        m_message->showMessage(MessageBar::Kind::Error, tr("Not opened."), saved.error().message);
    } else if (!Opening::openOwnPage(path)) {
        m_message->showMessage(MessageBar::Kind::Warning, tr("The browser did not open."),
                               tr("The page is “%1”.").arg(path));
    }
}

void ReportDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_incidents) {
        fillIncidents();
        fillFindings();
    }
}

void showReport(const QString &journalPath, QWidget *parent, const ReportDialog::Entrust &entrust)
{
    const Result<RunReport> report = readLinkedReport(journalPath);
    if (!report) {
        QMessageBox::warning(parent, ReportDialog::tr("There is no report"),
                             report.error().message);
        return;
    }
    auto *dialog = new ReportDialog(*report, parent, entrust);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}
