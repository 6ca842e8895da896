"""What is said about photographs of papers."""

from domain.words import N_

MESSAGES = {
    "picture.none": N_("请先拍照或选择照片"),
    "picture.document": N_("请选择这是哪一份材料的照片"),
    "picture.unreadable": N_("这个文件不是能读的照片，没有保存。请用JPEG、PNG或WebP格式，或重新拍一张"),
    "picture.pdf": N_("PDF文件不能保存，请把每一页拍成照片"),
    "picture.pdf_unreadable": N_("这个PDF打不开，可能有密码或已损坏。请重新扫描，或把每一页拍成照片"),
    "picture.pdf_too_large": N_("一个PDF最多500页、64 MB，请分成几个文件"),
    "picture.heic": N_("HEIC或AVIF格式不能保存。请在手机相机设置里选“兼容性最佳”（JPEG），再拍一张"),
    "picture.too_large": N_("照片的像素太多，没有保存。请在手机相机设置里选较小的尺寸，再拍一张"),
    "picture.too_many_bytes": N_("一张照片最大16 MB，没有保存。请在手机相机设置里选较小的尺寸，再拍一张"),
    "picture.enough": N_("一份申请最多%(most)s张照片，请先删去不要的"),
    "picture.damaged": N_("本机的一张照片已损坏，没有传送。请重新拍照添加"),
    "picture.not_found": N_("本机没有这张照片"),
}
