// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/exportcommands.h"

#include "app/base/wholefile.h"
#include "app/timeline/scheduleexport.h"
#include "ui/commands/commandset.h"
#include "ui/document/timelinedocument.h"
#include "ui/timeline/timelinepicture.h"
#include "ui/widgets/openmodal.h"

#include <QAbstractTextDocumentLayout>
#include <QAction>
#include <QApplication>
#include <QBuffer>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontInfo>
#include <QImage>
#include <QMenu>
#include <QPageLayout>
#include <QPagedPaintDevice>
#include <QPainter>
#include <QPdfWriter>
#include <QPrintDialog>
#include <QPrinter>
#include <QSvgGenerator>
#include <QTextDocument>
#include <cmath>

namespace {

/** Twice as many pixels, so that letters stay sharp on a slide. */
constexpr qreal PictureScale = 2;
/** No side of an image is longer; a timeline of very many lanes becomes smaller instead. */
constexpr qreal LongestSide = 16000;
constexpr int PictureDpi = 300;

QString suffixOf(const QString &path)
{
    return QFileInfo(path).suffix().toLower();
}

} // namespace

ExportCommands::ExportCommands(const TimelineDocument &document, const ScenarioLibrary &scenarios,
                               CommandSet &commands, QWidget *window)
    : QObject(window)
    , m_document(document)
    , m_scenarios(scenarios)
    , m_window(window)
{
    const QString file = tr("File");
    m_picture = commands.add(QStringLiteral("file.exportPicture"), file, tr("Export a &picture…"));
    m_schedule =
        commands.add(QStringLiteral("file.exportSchedule"), file, tr("Export the s&chedule…"));
    m_print = commands.add(QStringLiteral("file.print"), file, tr("&Print…"),
                           {QKeySequence(tr("Ctrl+P"))});
    connect(m_picture, &QAction::triggered, this, &ExportCommands::choosePicture);
    connect(m_schedule, &QAction::triggered, this, &ExportCommands::chooseSchedule);
    connect(m_print, &QAction::triggered, this, &ExportCommands::print);
}

void ExportCommands::fillMenu(QMenu *menu)
{
    QMenu *exports = menu->addMenu(tr("E&xport"));
    exports->addActions({m_picture, m_schedule});
    menu->addAction(m_print);
}

void ExportCommands::choose(const QString &title, const QString &filters, const QString &suffix,
                            Result<void> (ExportCommands::*write)(const QString &) const)
{
    const QFileInfo own(m_document.path());
    const QString name = own.completeBaseName().isEmpty() ? tr("timeline") : own.completeBaseName();
    auto *dialog = new QFileDialog(m_window, title, own.absolutePath(), filters);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(name + u'.' + suffix);
    // The chosen kind gives the ending that a name lacks.
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.section(QLatin1String("*."), 1).section(u')', 0, 0));
    });
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, write] { exportTo(dialog->selectedFiles().constFirst(), write); });
    openModal(dialog);
}

void ExportCommands::exportTo(const QString &path,
                              Result<void> (ExportCommands::*write)(const QString &) const)
{
    QApplication::setOverrideCursor(Qt::WaitCursor);
    const Result<void> written = (this->*write)(path);
    QApplication::restoreOverrideCursor();
    if (written) {
        Q_EMIT exported(path);
    } else {
        Q_EMIT refused(tr("Nothing was exported."), written.error().message);
    }
}

void ExportCommands::choosePicture()
{
    choose(tr("Export a picture"),
           tr("Picture (*.png);;Drawing that can be scaled (*.svg);;Document (*.pdf)"),
           QStringLiteral("png"), &ExportCommands::exportPicture);
}

void ExportCommands::chooseSchedule()
{
    choose(tr("Export the schedule"), tr("Markdown (*.md);;Table (*.csv)"), QStringLiteral("md"),
           &ExportCommands::exportSchedule);
}

Result<void> ExportCommands::exportPicture(const QString &path) const
{
    const QString suffix = suffixOf(path);
    if (suffix != u"png" && suffix != u"svg" && suffix != u"pdf") {
        return fail(tr("A picture can be a .png, .svg or .pdf file, not “.%1”.").arg(suffix));
    }
    TimelinePicture picture(m_document.timeline(), buildScene(m_document.timeline(), m_scenarios),
                            QApplication::font());
    const QSizeF size = picture.sizeFor(TimelinePicture::UsualWidth);
    const QRectF sheet(QPointF(), size);
    // The writers seek, and close what they write to: neither is for a file that is saved at once.
    QBuffer buffer;
    buffer.open(QIODevice::ReadWrite);
    if (suffix == u"png") {
        const qreal scale =
            std::min(PictureScale, LongestSide / std::max(size.width(), size.height()));
        QImage image((size * scale).toSize(), QImage::Format_RGB32);
        image.setDevicePixelRatio(scale);
        QPainter painter(&image);
        picture.paint(&painter, sheet);
        painter.end();
        if (!image.save(&buffer, "PNG")) {
            return fail(tr("The picture could not be made; it may be too large."));
        }
    } else if (suffix == u"svg") {
        QSvgGenerator svg;
        svg.setOutputDevice(&buffer);
        svg.setTitle(m_document.displayName());
        svg.setSize(size.toSize());
        svg.setViewBox(QRectF(QPointF(), size));
        QPainter painter(&svg);
        picture.paint(&painter, sheet);
    } else {
        QPdfWriter pdf(&buffer);
        pdf.setTitle(m_document.displayName());
        pdf.setResolution(PictureDpi);
        pdf.setPageLayout(QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Landscape,
                                      QMarginsF(12, 12, 12, 12), QPageLayout::Millimeter));
        if (const Result<void> printed = printTo(pdf); !printed) {
            return printed;
        }
    }
    return writeWholeFile(path, buffer.data());
}

Result<void> ExportCommands::exportSchedule(const QString &path) const
{
    const QString suffix = suffixOf(path);
    if (suffix != u"md" && suffix != u"csv") {
        return fail(tr("A schedule can be a .md or .csv file, not “.%1”.").arg(suffix));
    }
    const QByteArray text = suffix == u"csv" ? scheduleCsv(m_document.timeline(), m_scenarios)
                                             : scheduleMarkdown(m_document.timeline(), m_scenarios);
    return writeWholeFile(path, text);
}

Result<void> ExportCommands::printTo(QPagedPaintDevice &device) const
{
    QPainter painter;
    if (!painter.begin(&device)) {
        return fail(tr("The printer did not take the document."));
    }
    const QRectF page(painter.viewport());

    TimelinePicture picture(m_document.timeline(), buildScene(m_document.timeline(), m_scenarios),
                            QApplication::font());
    picture.paint(&painter, page);

    // In the pixels of a screen, and as wide as the page: letters are then as large as on one.
    QTextDocument text;
    QFont font = QApplication::font();
    font.setPixelSize(QFontInfo(font).pixelSize()); // a printer has its own idea of a point
    text.setDefaultFont(font);
    text.setMarkdown(QString::fromUtf8(scheduleMarkdown(m_document.timeline(), m_scenarios)));
    const qreal textScale = device.logicalDpiX() / 110.0;
    const QSizeF sheet = page.size() / textScale;
    text.setPageSize(sheet);
    text.setDocumentMargin(0);
    for (int number = 0; number < text.pageCount(); ++number) {
        if (!device.newPage()) {
            return fail(tr("The printer did not take page %1.").arg(number + 2));
        }
        painter.save();
        painter.scale(textScale, textScale);
        painter.translate(0, -sheet.height() * number);
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = QRectF(0, sheet.height() * number, sheet.width(), sheet.height());
        context.palette.setColor(QPalette::Text, Qt::black);
        painter.setClipRect(context.clip);
        text.documentLayout()->draw(&painter, context);
        painter.restore();
    }
    return {};
}

void ExportCommands::print()
{
    QPrinter printer(QPrinter::HighResolution);
    printer.setDocName(m_document.displayName());
    printer.setPageOrientation(QPageLayout::Landscape);
    QPrintDialog dialog(&printer, m_window);
    if (dialog.exec() != QDialog::Accepted) {
        return;
    }
    if (const Result<void> printed = printTo(printer); !printed) {
        Q_EMIT refused(tr("Nothing was printed."), printed.error().message);
    }
}
